// Checks made from a contract with all that this API does not have yet.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ContractError, readContract } from "../../scripts/contract.js";
import { validatorsModule } from "../../scripts/validators.js";

const THING = {
  type: "object",
  required: ["id", "a/b~"],
  properties: {
    id: { type: "string", minLength: 2, pattern: "^[a-z\\p{L}]+$", description: "Not checked.", examples: ["ab"] },
    "a/b~": { type: ["integer", "null"], maximum: 9 },
    // Names that mean something elsewhere in a schema.
    description: { type: "string" },
    "x-note": { type: "string" },
    enum: { enum: ["a", { deep: ["title"] }] },
    fixed: { const: { title: "kept" } },
    tags: { type: "array", uniqueItems: true, items: { type: "string", format: "some-future-format" } },
    open: { type: "string", "x-extensible-enum": ["one"] },
    day: { type: "string", format: "date" },
    byName: { type: "object", additionalProperties: { type: "number" } },
    children: { type: "array", items: { $ref: "#/components/schemas/Thing" } },
    shape: {
      oneOf: [{ $ref: "#/components/schemas/Circle" }, { $ref: "#/components/schemas/Square" }],
      discriminator: { propertyName: "kind", mapping: { circle: "#/components/schemas/Circle" } },
    },
    base: { allOf: [{ $ref: "#/components/schemas/Circle" }, { required: ["name"] }] },
  },
};
const kind = (name: string) => ({ type: "object", required: ["kind"], properties: { kind: { const: name } } });
const json = (schema: object) => ({ description: "x", content: { "application/json; charset=utf-8": { schema } } });
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
          200: json({ $ref: "#/components/schemas/Thing" }),
          "4XX": { $ref: "#/components/responses/Problem" },
        },
      },
      delete: {
        operationId: "deleteThing",
        responses: { 204: { description: "Gone." }, default: json({ type: "string" }) },
      },
      post: {
        operationId: "printThing",
        responses: { 200: { description: "Text.", content: { "text/plain": { schema: { type: "string" } } } } },
      },
    },
    "/odd": {
      get: { operationId: "odd", responses: { default: json({ type: "array", items: { not: { type: "null" } } }) } },
    },
  },
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } },
    responses: { Problem: { description: "x", content: { "application/problem+json": { schema: kind("problem") } } } },
    schemas: { Thing: THING, Circle: kind("circle"), Square: kind("square") },
  },
};

// In the project, where the module finds Ajv's helpers.
await mkdir(".cache", { recursive: true });
const folder = await mkdtemp(join(process.cwd(), ".cache", "validators-"));
// Test files share their modules: this one needs its own, and leaves none behind.
vi.resetModules();
afterAll(async () => {
  vi.doUnmock("../../generated/validators.js");
  vi.resetModules();
  await rm(folder, { recursive: true });
});

async function moduleOf(document: object): Promise<string> {
  const file = join(folder, "openapi.json");
  await writeFile(file, JSON.stringify(document));
  return validatorsModule(await readContract(file));
}

await writeFile(join(folder, "validators.mjs"), await moduleOf(DOCUMENT));
vi.doMock("../../generated/validators.js", () => import(join(folder, "validators.mjs")));
const { findViolations } = await import("../../src/violations.js");

const violations = (method: string, path: string, status: number, body: unknown) =>
  findViolations(method, path, status, body).map(({ pointer, message }) => `${pointer} ${message}`);

describe("a schema's every part is checked", () => {
  const good = { id: "ab", "a/b~": null };
  test.each<[object, string[]]>([
    [{}, []],
    [{ id: "äöü", "a/b~": 9, unknown: 1, open: "two", tags: ["a", "b"], day: "2024-02-29" }, []],
    [{ fixed: { title: "kept" }, enum: { deep: ["title"] }, byName: { x: 1 }, shape: { kind: "square" } }, []],
    [{ base: { kind: "circle", name: 1 }, children: [{ ...good, children: [] }] }, []],
    [{ "a/b~": undefined }, ["/a~1b~0 is missing"]],
    [{ "a/b~": 10 }, ["/a~1b~0 must be <= 9"]],
    [{ id: "💶" }, ["/id must NOT have fewer than 2 characters", '/id must match pattern "^[a-z\\p{L}]+$"']],
    [{ description: 1, "x-note": 1 }, ["/description must be string", "/x-note must be string"]],
    [{ enum: { deep: [] } }, ["/enum must be equal to one of the allowed values"]],
    [{ fixed: {} }, ["/fixed must be equal to constant"]],
    [{ tags: ["a", "a"] }, ["/tags must NOT have duplicate items (items ## 1 and 0 are identical)"]],
    [{ day: "2023-02-29" }, ['/day must match format "date"']],
    [{ byName: { "x/y~": "1" } }, ["/byName/x~1y~0 must be number"]],
    [{ children: [{ ...good, children: [{ ...good, id: 1 }] }] }, ["/children/0/children/0/id must be string"]],
    [{ base: { kind: "circle" } }, ["/base/name is missing"]],
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
  ["POST", "/things/{id}", 200, undefined, []],
  ["GET", "/odd", 200, [null], ["/0 must NOT be valid"]],
])("%s %s %i %j", (method, path, status, body, expected) => {
  expect(violations(method, path, status, body)).toEqual(expected);
});

describe("the module", () => {
  let text: string;
  beforeAll(async () => {
    text = await moduleOf(DOCUMENT);
  });

  test("is the same each time, and does not change with what explains the contract", async () => {
    const reworded = structuredClone(DOCUMENT);
    reworded.info.title = "Other things";
    reworded.components.schemas.Thing.properties.id.description = "Said otherwise.";
    expect(await moduleOf(reworded)).toBe(text);
  });

  test("checks a shared schema by one function, and holds no word of explanation", () => {
    expect(text.match(/const check\d+ =/g)).toHaveLength(4);
    expect(text).not.toMatch(/Not checked|require\(|new Function|eval\(/);
  });

  test("of a schema that cannot be checked, the place is named", async () => {
    const broken = structuredClone(DOCUMENT);
    broken.components.schemas.Thing.properties.id.pattern = "[";
    await expect(moduleOf(broken)).rejects.toThrow(ContractError);
    await expect(moduleOf(broken)).rejects.toThrow(
      /openapi\.json:\d+:\d+: No check of answers can be made from what stands here: Invalid regular/,
    );
  });
});
