// A site of a contract with fifty operations, below a path: what has to be as good as with a few.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";

export const ADDRESS = "https://docs.example/konpro-client/";

const RESOURCES = [
  "avatar",
  "brand",
  "folder",
  "invoice",
  "language",
  "member",
  "project",
  "template",
  "video",
  "voice",
];

/** What a description may hold, and a page must show as it is. */
export const HARD_TEXT = "Costs {{ credits }} & <b>more</b>; a|b, <https://example.com> or `{{ code }} | <i>`.";

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object, examples?: object) => ({ "application/json": { schema, ...(examples && { examples }) } });
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function resource(name: string): object {
  const type = capital(name);
  const tags = [`${type} library`];
  const id = {
    name: "id",
    in: "path",
    required: true,
    description: `Which ${name}.`,
    schema: { type: "string", examples: ["a 1"] },
  };
  const one = { 200: { description: `The ${name}.`, content: json(reference(type)) }, 404: reference404 };
  return {
    [`/v1/${name}s`]: {
      get: {
        operationId: `list${type}s`,
        tags,
        summary: `List ${name}s`,
        description: HARD_TEXT,
        parameters: [
          {
            name: "limit",
            in: "query",
            required: true,
            description: "How many.",
            schema: { type: "integer", minimum: 5 },
          },
        ],
        responses: { 200: { description: `All ${name}s.`, content: json({ type: "array", items: reference(type) }) } },
      },
      post: {
        operationId: `create${type}`,
        tags,
        summary: `Create ${name}`,
        requestBody: {
          required: true,
          content: json(reference(`New${type}`), { it: { summary: "It's new", value: { name: "It's" } } }),
        },
        responses: { "2XX": { description: "Created.", content: json(reference(type)) }, 422: reference404 },
      },
    },
    [`/v1/${name}s/{id}`]: {
      parameters: [id],
      get: { operationId: `get${type}`, tags, summary: `Get ${name}`, responses: one },
      patch: {
        operationId: `update${type}`,
        tags,
        deprecated: true,
        summary: `Update ${name}`,
        requestBody: { content: json(reference(`New${type}`)) },
        responses: one,
      },
      delete: {
        operationId: `delete${type}`,
        tags,
        summary: `Delete ${name}`,
        responses: { 204: { description: "Gone." } },
      },
    },
  };
}

const reference404 = { $ref: "#/components/responses/NotFound" };

function schemas(name: string): object {
  const type = capital(name);
  return {
    [`New${type}`]: {
      type: "object",
      required: ["name"],
      properties: {
        name: { type: "string", description: "What it is called.", examples: ["One"] },
        parent: reference(`New${type}`),
        state: { type: "string", "x-extensible-enum": ["draft", "ready"] },
      },
    },
    [type]: {
      allOf: [
        reference(`New${type}`),
        {
          type: "object",
          required: ["id"],
          properties: { id: { type: "string", description: `Identifies the ${name}.` } },
        },
      ],
    },
  };
}

export const fifty = {
  openapi: "3.1.0",
  info: { title: "Fifty", version: "1.0.0", license: { name: "MIT", identifier: "MIT" } },
  servers: [{ url: "https://api.example.com" }],
  security: [{ key: [] }],
  tags: RESOURCES.map((name) => ({ name: `${capital(name)} library`, description: `All about ${name}s.` })),
  paths: Object.assign({}, ...RESOURCES.map(resource)),
  webhooks: {
    event: {
      post: {
        operationId: "receiveEvent",
        summary: "An event",
        requestBody: { content: json({ type: "object" }) },
        responses: { 200: { description: "Received." } },
      },
    },
  },
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "x-api-key" } },
    schemas: Object.assign({}, ...RESOURCES.map(schemas)),
    responses: { NotFound: { description: "No such thing." } },
  },
};

/** Builds the site in a copy of the project. */
export async function buildFifty(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fifty-"));
  const made = ["node_modules", "operations", "reference"].map((name) => resolve("docs", name));
  await cp("docs", join(folder, "docs"), { recursive: true, filter: (file) => !made.includes(resolve(file)) });
  const shared = [
    "node_modules",
    "docs/node_modules",
    "src",
    "generated",
    "examples",
    "test",
    "bench",
    "package.json",
    "tsconfig.json",
  ];
  for (const file of [...shared, "redocly.yaml", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "README.md"]) {
    await symlink(resolve(file), join(folder, file));
  }
  await mkdir(join(folder, ".cache"));
  await writeFile(join(folder, "openapi.yaml"), JSON.stringify(fifty));
  await promisify(execFile)("jiti", [resolve("scripts/docs.ts"), "--url", ADDRESS], {
    cwd: folder,
    env: { ...process.env, PATH: `${resolve("node_modules/.bin")}${delimiter}${process.env.PATH}` },
  });
  return join(folder, "site");
}
