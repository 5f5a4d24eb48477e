// Checks made from a contract with everything that this API does not have yet.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileChecks } from "../../../scripts/contract/checks.js";
import { readContract } from "../../../scripts/contract/read.js";
import { validatorsModule, withLinearErrors } from "../../../scripts/generate/validators.js";
import { type Checks, findViolations } from "../../../src/check-answer.js";

const THING = {
  type: "object",
  required: ["id", "a/b~"],
  properties: {
    id: { type: "string", minLength: 2, pattern: "^[a-z\\p{L}]+$", description: "Not checked.", examples: ["ab"] },
    "a/b~": { type: ["integer", "null"], maximum: 9 },
    // Names that mean something elsewhere in a schema.
    description: { type: "string" },
    "x-note": { type: "string" },
    enum: { type: "string", enum: ["a", "title"] },
    fixed: { type: "number", const: 1 },
    tags: { type: "array", maxItems: 2, items: { type: "string", format: "some-future-format" } },
    open: { type: "string", "x-extensible-enum": ["one"] },
    day: { type: "string", format: "date" },
    byName: { type: "object", additionalProperties: { type: "number" } },
    children: { type: "array", items: { $ref: "#/components/schemas/Thing" } },
    shape: { oneOf: [{ $ref: "#/components/schemas/Circle" }, { $ref: "#/components/schemas/Square" }] },
  },
};
const kind = (name: string) => ({
  type: "object",
  required: ["kind"],
  properties: { kind: { type: "string", const: name } },
});
const json = (schema: object, example: unknown) => ({
  description: "x",
  content: { "application/json": { schema, example } },
});
const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Things", version: "1.0.0" },
  servers: [{ url: "https://api.example" }],
  security: [{ key: [] }],
  paths: {
    "/things/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      get: {
        operationId: "getThing",
        responses: {
          200: json({ $ref: "#/components/schemas/Thing" }, { id: "ab", "a/b~": null }),
          "4XX": { $ref: "#/components/responses/Problem" },
        },
      },
      delete: {
        operationId: "deleteThing",
        responses: { 204: { description: "Gone." }, default: json({ type: "string" }, "Sorry.") },
      },
    },
  },
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } },
    responses: {
      Problem: {
        description: "x",
        content: { "application/json": { schema: kind("problem"), example: { kind: "problem" } } },
      },
    },
    schemas: { Thing: THING, Circle: kind("circle"), Square: kind("square") },
  },
};

// In the project, where the module finds Ajv's helpers.
await mkdir(".cache", { recursive: true });
const folder = await mkdtemp(join(process.cwd(), ".cache", "validators-"));
afterAll(() => rm(folder, { recursive: true }));

async function codeFor(document: object): Promise<string> {
  const file = join(folder, "openapi.json");
  await writeFile(file, JSON.stringify(document));
  return validatorsModule(compileChecks(await readContract(file)));
}

let modules = 0;
async function checksFor(document: object): Promise<Checks> {
  const file = join(folder, `validators${modules++}.mjs`);
  await writeFile(file, await codeFor(document));
  const { validators }: typeof import("../../../generated/validators.js") = await import(file);
  return validators;
}

const checks = await checksFor(DOCUMENT);
const violations = (method: string, path: string, status: number, body: unknown) =>
  findViolations(method, path, status, body, checks).map(({ pointer, message }) => `${pointer} ${message}`);

describe("every part of a schema is checked", () => {
  const good = { id: "ab", "a/b~": null };
  test.each<[object, string[]]>([
    [{}, []],
    [{ id: "äöü", "a/b~": 9, unknown: 1, open: "two", tags: ["a", "b"], day: "2024-02-29" }, []],
    [{ fixed: 1, enum: "title", byName: { x: 1 }, shape: { kind: "square" } }, []],
    [{ children: [{ ...good, children: [] }] }, []],
    [{ "a/b~": undefined }, ["/a~1b~0 is missing"]],
    [{ "a/b~": 10 }, ["/a~1b~0 must be <= 9"]],
    [{ id: "💶" }, ["/id must NOT have fewer than 2 characters", '/id must match pattern "^[a-z\\p{L}]+$"']],
    [{ description: 1, "x-note": 1 }, ["/description must be string", "/x-note must be string"]],
    [{ enum: "b" }, ["/enum must be equal to one of the allowed values"]],
    [{ fixed: 2 }, ["/fixed must be equal to constant"]],
    [{ tags: ["a", "b", "c"] }, ["/tags must NOT have more than 2 items"]],
    [{ day: "2023-02-29" }, ['/day must match format "date"']],
    [{ byName: { "x/y~": "1" } }, ["/byName/x~1y~0 must be number"]],
    [{ children: [{ ...good, children: [{ ...good, id: 1 }] }] }, ["/children/0/children/0/id must be string"]],
  ])("%j", (difference, expected) => {
    expect(violations("GET", "/things/{id}", 200, { ...good, ...difference })).toEqual(expected);
  });

  test("a value of no kind", () => {
    const body = { ...good, shape: { kind: "other" } };
    expect(violations("GET", "/things/{id}", 200, body)).toContain("/shape must match exactly one schema in oneOf");
  });
});

test.each<[string, string, number, unknown, string[]]>([
  ["GET", "/things/{id}", 404, { kind: "problem" }, []],
  ["GET", "/things/{id}", 499, {}, ["/kind is missing"]],
  ["GET", "/things/{id}", 500, {}, [" has status 500, which is not in the contract"]],
  ["GET", "/things/{id}", 200, undefined, [" must be JSON"]],
  ["DELETE", "/things/{id}", 204, undefined, []],
  ["DELETE", "/things/{id}", 200, "text", [" has status 200, which is not in the contract"]],
  ["DELETE", "/things/{id}", 503, "text", []],
  ["DELETE", "/things/{id}", 503, 1, [" must be string"]],
])("%s %s %i %j", (method, path, status, body, expected) => {
  expect(violations(method, path, status, body)).toEqual(expected);
});

describe("the module", () => {
  let text: string;
  beforeAll(async () => {
    text = await codeFor(DOCUMENT);
  });

  test("is the same each time, and does not change with descriptions", async () => {
    const reworded = structuredClone(DOCUMENT);
    reworded.info.title = "Other things";
    reworded.components.schemas.Thing.properties.id.description = "In other words.";
    expect(await codeFor(reworded)).toBe(text);
  });

  test("has one function for a shared schema, no description, and nothing that needs eval or require", () => {
    expect(text.match(/const check\d+ =/g)).toHaveLength(3);
    expect(text).not.toMatch(/Not checked|require\(|new Function|eval\(/);
  });
});

/** A contract whose operations answer with these schemas, each under its own name. */
function contractWith(schemas: object, examples: object) {
  const paths = Object.entries(examples).map(([name, example]) => {
    const responses = { 200: json({ $ref: `#/components/schemas/${name}` }, example) };
    return [`/${name}`, { get: { operationId: `get${name}`, responses } }];
  });
  return { ...DOCUMENT, paths: Object.fromEntries(paths), components: { ...DOCUMENT.components, schemas } };
}
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe("the time grows with the number of violations, not with its square", async () => {
  const schemas = {
    Radius: { type: "number" },
    // Ajv only makes a function for a schema with references; the code of others is repeated.
    Circle: { type: "object", properties: { radius: ref("Radius") }, required: ["radius"] },
    Items: { type: "array", items: ref("Circle") },
    Members: { type: "object", additionalProperties: ref("Circle") },
    Choices: { type: "array", items: { anyOf: [ref("Circle"), { type: "null" }] } },
    Rows: { type: "array", items: ref("Items") },
    Tree: { type: "object", properties: { children: { type: "array", items: ref("Tree") } } },
  };
  const examples = { Items: [], Members: {}, Choices: [], Rows: [], Tree: {} };
  const checks = await checksFor(contractWith(schemas, examples));
  const zeros = (count: number) => Array.from({ length: count }, () => 0);

  test.each<[keyof typeof schemas, (count: number) => unknown]>([
    ["Items", zeros],
    ["Items", (count) => zeros(count).map(() => ({}))],
    ["Members", (count) => ({ ...zeros(count) })],
    ["Choices", zeros],
    ["Rows", (count) => zeros(count / 10).map(() => zeros(10))],
    ["Rows", (count) => [zeros(count)]],
    ["Tree", (count) => ({ children: [{ children: zeros(count) }] })],
  ])("%s", (name, bodyOf) => {
    const time = (count: number) => {
      const body = bodyOf(count);
      const times = Array.from({ length: 3 }, () => {
        const start = performance.now();
        const found = findViolations("GET", `/${name}`, 200, body, checks);
        expect(found.length).toBeGreaterThanOrEqual(count);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    time(1000);
    // Ten times as many take about ten times as long; at quadratic cost, a hundred times.
    expect(time(30_000)).toBeLessThan(30 * Math.max(time(3000), 4));
  });

  test("code of an Ajv that hands errors on in another way is not accepted", () => {
    const call = "if(!(validate2(data0, {instancePath,rootData,dynamicAnchors}))){\n";
    const copy = "vErrors = vErrors === null ? validate2.errors : vErrors.concat(validate2.errors);";
    expect(withLinearErrors(call + copy)).toContain("vErrors = addErrors(vErrors, validate2.errors);");
    expect(() => withLinearErrors(`${call}vErrors = [...(vErrors ?? []), ...validate2.errors];`)).toThrow(
      "This version of Ajv",
    );
  });
});
