// Checks of requests, and examples made from schemas, from a contract with all that this API does not have yet.
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { compileChecks } from "../../../scripts/contract/checks.js";
import { readContract } from "../../../scripts/contract/read.js";
import { examplesModule } from "../../../scripts/generate/examples.js";
import { requestsModule } from "../../../scripts/generate/requests.js";

let file: string;
beforeAll(async () => {
  file = join(await mkdtemp(join(tmpdir(), "requests-")), "openapi.json");
});

/** A contract with a POST, and schemas that it may refer to. */
async function contractWith(operation: object, schemas: object = {}) {
  const paths = { "/a": { post: { operationId: "a", responses: { 204: { description: "Done." } }, ...operation } } };
  const info = { title: "T", version: "1.0.0" };
  const servers = [{ url: "https://api.example" }];
  await writeFile(file, JSON.stringify({ openapi: "3.1.0", info, servers, paths, components: { schemas } }, null, 1));
  return readContract(file);
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe("checks of requests", () => {
  test("what Ajv cannot use is told at once, wherever it is sent or answered", async () => {
    const schema = (pattern: string) => ({ type: "string", pattern });
    const contract = await contractWith({
      parameters: [{ name: "p", in: "query", schema: schema("[") }],
      requestBody: { content: { "application/json": { schema: schema("(") } } },
      responses: { 200: { description: "x", content: { "application/json": { schema: schema("*") } } } },
    });
    expect(() => compileChecks(contract)).toThrow(
      /Nothing to repeat.*Unterminated group.*Unterminated character class/s,
    );
  });

  test("an operation's own parameter goes before its path's", async () => {
    const contract = await contractWith({
      parameters: [{ name: "p", in: "query", schema: { type: "array", items: { type: "string" } } }],
      requestBody: { required: true, content: { "application/json": { schema: { type: "string" } } } },
    });
    Object.assign(contract.document.paths?.["/a"] ?? {}, {
      parameters: [{ name: "p", in: "query", required: true, schema: { type: "string" } }],
    });
    const code = requestsModule(contract, compileChecks(contract));
    expect(code).toContain(
      'a: { parameters: [["query","p"]], check: parameterChecks.check0, body: { isRequired: true, check: bodyChecks.check0 } },',
    );
    expect(code).not.toContain("missingProperty");
  });
});

describe("an example is made from what a schema says", () => {
  const KNOWN = {
    Id: { type: "string", examples: ["a-1", "a-2"] },
    State: { type: "string", enum: ["on", "off"] },
    Open: { type: "string", "x-extensible-enum": ["new"] },
    Text: { type: "string" },
    Secret: { type: "string", writeOnly: true, default: "fake" },
    Base: { type: "object", required: ["id", "state"], properties: { id: ref("Id"), state: ref("State") } },
    Tree: {
      type: "object",
      required: ["id", "children"],
      properties: { id: ref("Id"), children: { type: "array", items: ref("Tree") }, parent: ref("Tree") },
    },
  };
  const made = async (schema: object, type = "application/json", schemas: object = KNOWN) => {
    const contract = await contractWith(
      { responses: { 200: { description: "x", content: { [type]: { schema } } } } },
      schemas,
    );
    const code = examplesModule(contract, compileChecks(contract));
    const [, table = ""] = /> =\n(.*);\n$/s.exec(code) ?? [];
    expect(code).toContain(
      `"200": ${JSON.parse(table).a["200"].examples.example === undefined ? "never" : '"example"'};`,
    );
    return JSON.parse(table).a["200"].examples;
  };
  const object = (properties: object, ...required: string[]) => ({ type: "object", required, properties });

  test.each<[string, object, unknown]>([
    ["its examples", ref("Id"), "a-1"],
    ["an example of OpenAPI 3.0", { type: "string", example: "b" }, "b"],
    ["a default, also one that is no truth", { type: "boolean", default: false }, false],
    ["a default beside a reference", { ...ref("State"), default: "off" }, "off"],
    ["a constant", { const: 0 }, 0],
    ["the first of known values", ref("State"), "on"],
    ["the first of an open set", ref("Open"), "new"],
    ["null, where nothing else is said", { type: ["string", "null"] }, null],
    ["null as the last choice", { anyOf: [{ type: "null" }, ref("Id")] }, "a-1"],
    ["null as the only choice", { anyOf: [{ type: "string" }, { type: "null" }] }, null],
    ["members, those without a value left out", object({ id: ref("Id"), note: ref("Text") }, "id"), { id: "a-1" }],
    ["no member that is only sent", object({ id: ref("Id"), key: ref("Secret") }, "id", "key"), { id: "a-1" }],
    [
      "an inner object that is not whole left out",
      object({ id: ref("Id"), in: object({ id: ref("Id"), b: {} }, "b") }),
      { id: "a-1" },
    ],
    [
      "its own example before that of its members",
      { ...object({ id: ref("Id") }), examples: [{ id: "b" }] },
      { id: "b" },
    ],
    ["one item", { type: "array", items: ref("Base") }, [{ id: "a-1", state: "on" }]],
    [
      "parts",
      { allOf: [ref("Base"), object({ size: { default: 1 } })], required: ["size"] },
      { id: "a-1", state: "on", size: 1 },
    ],
    [
      "the first choice that can be made",
      { oneOf: [object({ a: ref("Text") }, "a"), ref("Base")] },
      { id: "a-1", state: "on" },
    ],
    [
      "members beside a choice",
      { ...object({ a: { const: 1 } }), anyOf: [ref("Base")] },
      { a: 1, id: "a-1", state: "on" },
    ],
    ["a list that ends where its items would go on", ref("Tree"), { id: "a-1", children: [] }],
  ])("%s", async (_, schema, example) => {
    expect(await made(schema)).toEqual({ example });
  });

  test.each<[string, object]>([
    ["text", ref("Text")],
    ["a number", { type: "number", minimum: 1 }],
    ["a flag", { type: "boolean" }],
    ["anything", {}],
    ["an object without members", { type: "object" }],
    ["a map", { type: "object", additionalProperties: ref("Id") }],
    ["a list of what is not known", { type: "array", items: ref("Text") }],
    ["an object without one that is required", object({ id: ref("Id"), note: ref("Text") }, "id", "note")],
    ["an object whose members are all unknown", object({ note: ref("Text") })],
  ])("none for %s", async (_, schema) => {
    expect(await made(schema)).toEqual({});
  });

  test("none that is too large, found in no time", async () => {
    const twice = (name: string) => object({ a: ref(name), b: ref(name) }, "a", "b");
    const names = Array.from({ length: 60 }, (_, index) => `S${index}`);
    const chain = names.map((name, index) => [name, twice(`S${index + 1}`)]);
    const schemas = { ...Object.fromEntries(chain), S60: { const: 1 } };
    expect(await made(ref("S0"), "application/json", schemas)).toEqual({});
    expect(await made(ref("S58"), "application/json", schemas)).toEqual({
      example: { a: { a: 1, b: 1 }, b: { a: 1, b: 1 } },
    });
  });

  test.each<[string, object]>([
    ["an example of another type", { type: "string", examples: [1] }],
    ["too few items", { type: "array", minItems: 2, items: ref("Id") }],
    ["two choices where one has to fit", { oneOf: [ref("Id"), { type: "string" }] }],
  ])("none that does not fit: %s", async (_, schema) => {
    expect(await made(schema)).toEqual({});
  });

  test("of an answer that is no JSON, if it is text", async () => {
    expect(await made({ type: "string", example: "a,b" }, "text/csv")).toEqual({ example: "a,b" });
    expect(await made({ example: { a: 1 } }, "text/csv")).toEqual({});
  });
});
