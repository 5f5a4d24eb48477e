import { mkdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { generatorForEachTest, HEAD, OK } from "./generator.js";

const { path, files, generated, generate } = generatorForEachTest();

const SERVER = "servers: [{ url: https://api.example }]\n";
const INFO = HEAD.slice(0, HEAD.indexOf(SERVER));
/** A description with these paths, which begin at line 5. */
const withPaths = (paths: string) => `${HEAD}${paths}\n`;
const operation = (rest: string) => withPaths(`  /a: { get: { ${rest}, ${OK} } }`);

const withAnswer = (schema: string, more = "    Z: {}") =>
  `${withPaths(`  /a: { get: { operationId: a, responses: { 200: { description: x, content: { a/json: { schema: ${schema} } } } } } }`)}components:\n  schemas:\n${more}\n`;

const scheme = (text: string) =>
  `${operation("operationId: a")}components: { securitySchemes: { key: { ${text} } } }\n`;
const schemas = (text: string) => `${operation("operationId: a")}components:\n  schemas:\n${text}\n`;

describe("what the client cannot do is refused, with the place and what to do", () => {
  test.each([
    ["no operationId", operation("summary: x"), "5:9: Give the operation an `operationId`"],
    [
      "the same operationId twice",
      withPaths(`  /a: { get: { operationId: a, ${OK} } }\n  /b: { get: { operationId: a, ${OK} } }`),
      '6:29: operationId "a" is used twice: choose another.',
    ],
    [
      "an operationId like another but for its case",
      withPaths(`  /a: { get: { operationId: a, ${OK} } }\n  /b: { get: { operationId: A, ${OK} } }`),
      '6:29: operationId "A" differs from "a" only in case: choose another.',
    ],
    [
      "an operationId that begins with a digit",
      operation("operationId: 2-a"),
      '5:29: operationId "2-a" cannot name a method: begin with a letter',
    ],
    ...["GET", "request", "use", "then", "toString", "__proto__"].map((id) => [
      `an operationId that the client has already: ${id}`,
      operation(`operationId: ${id}`),
      `5:29: operationId "${id}" is the name of a member the client already has: choose another.`,
    ]),
    [
      "a cookie parameter of a path",
      withPaths(`  /a:\n    parameters: [{ name: c, in: cookie }]\n    get: { operationId: a, ${OK} }`),
      "6:18: Cookie parameters are not supported: send a header instead.",
    ],
    [
      "a path parameter that is not described",
      withPaths(`  /a/{id}: { get: { operationId: a, ${OK} } }`),
      "5:14: The operation does not define the path parameter `{id}`",
    ],
    [
      "servers of an operation",
      operation("operationId: a, servers: [{ url: https://b.example }]"),
      "5:41: Servers of one operation are not supported: use the API's own.",
    ],
    [
      "servers of a path",
      withPaths(`  /a:\n    servers: [{ url: https://b.example }]\n    get: { operationId: a, ${OK} }`),
      "6:14: Servers of one path are not supported: use the API's own.",
    ],
    ["TRACE", withPaths(`  /a: { trace: { operationId: a, ${OK} } }`), "5:16: TRACE is not supported"],
    ["a bearer token", scheme("type: http, scheme: bearer"), "6:39: Only a key in a header is supported"],
    ["a key in the query", scheme("type: apiKey, in: query, name: k"), "6:39: Only a key in a header is supported"],
    [
      "two security schemes",
      scheme("type: apiKey, in: header, name: k }, other: { type: apiKey, in: header, name: l"),
      "6:85: Only one security scheme is supported",
    ],
    [
      "a security scheme that is not defined",
      operation("operationId: a, security: [{ nope: [] }]"),
      '5:51: Define "nope" in components/securitySchemes.',
    ],
    [
      "a key in a header that cannot be",
      scheme('type: apiKey, in: header, name: "a b"'),
      "6:39: Give the name of an HTTP",
    ],
    [
      "a server with a query",
      operation("operationId: a").replace(".example", ".example?a"),
      "3:10: Give the API's absolute",
    ],
    [
      "no server",
      `${INFO}paths: {}\n`,
      "1:1: Give the API's absolute URL, without query, fragment or user, as the first server",
    ],
    ["a relative server", `${INFO}servers: [{ url: /v1 }]\npaths: {}\n`, "3:10: Give the API's absolute URL"],
    ["a server with an open variable", `${INFO}servers: [{ url: "https://a.example/{v}" }]\n`, "3:10: Give the API's"],
    ["no operation at all", `${INFO}${SERVER}paths: {}\n`, "4:8: There is no operation under `paths`"],
    [
      "nothing but webhooks",
      `${INFO}${SERVER}webhooks: { ping: { post: { ${OK} } } }\n`,
      "1:1: There is no operation under `paths`",
    ],
    [
      "Swagger 2",
      'swagger: "2.0"\ninfo: { title: T, version: "1" }\npaths: {}\n',
      "1:10: Swagger 2: convert it to OpenAPI 3.1 first.",
    ],
    ["what YAML cannot read", "openapi: 3.1.0\ninfo: [oops\npaths: {}\n", "3:1: missed comma between flow"],
    ["a path with nothing in it", withPaths("  /a:"), "5:3: Expected type `PathItem` (object) but got `null`"],
    [
      "parameters that are no list",
      operation("operationId: a, parameters: { a: 1 }"),
      "5:44: Expected type `ParameterList` (array) but got `object`",
    ],
    [
      "a member that OpenAPI does not know",
      operation("operationID: a"),
      "5:16: Property `operationID` is not expected",
    ],
    [
      "a $ref that leads nowhere",
      operation('operationId: a, parameters: [{ $ref: "#/components/parameters/nope" }]'),
      "5:45: Can't resolve $ref: check its file and its pointer.",
    ],
    [
      "a $ref to a file that is missing",
      withPaths("  /a: { $ref: nope.yaml }"),
      "5:7: Can't resolve $ref: ENOENT: no such file or directory",
    ],
    [
      "a $ref to its own file by name",
      operation('operationId: a, parameters: [{ $ref: "spec.yaml#/components/parameters/p" }]').concat(
        "components: { parameters: { p: { name: p, in: query, schema: { type: string } } } }\n",
      ),
      '5:45: A reference to the same file must not name it: write "#/components/parameters/p".',
    ],
    [
      "a $ref to an anchor",
      withAnswer('{ $ref: "#one" }', "    A: { $anchor: one }"),
      '5:97: Anchors are not supported: write a pointer, "#/components/schemas/NAME".',
    ],
    [
      "a $ref in place of a map",
      schemas('    A: { properties: { $ref: "#/components/schemas/B" } }\n    B: { type: object }'),
      "8:22: OpenAPI allows no $ref here: put it one level deeper.",
    ],
    ...[
      '{ type: array, items: { $ref: "#/components/schemas/A" } }',
      '{ anyOf: [{ $ref: "#/components/schemas/B" }] }',
    ].map((schema) => [
      `a schema that contains itself without an object: ${schema}`,
      schemas(`    A: ${schema}\n    B: { type: [array, "null"], prefixItems: [{ $ref: "#/components/schemas/A" }] }`),
      '8:5: Schema "A" contains itself with no object in between, so it has no type: put the inner one into a property.',
    ]),
    [
      "a discriminator that names no reference",
      schemas("    A: { oneOf: [], discriminator: { propertyName: a, mapping: { b: B } } }\n    B: { type: object }"),
      `8:69: Can't resolve $ref: check its file and its pointer, such as "#/components/schemas/NAME"`,
    ],
    [
      "the operationId of a webhook's operation",
      `${operation("operationId: a")}webhooks: { b: { post: { operationId: a, ${OK} } } }\n`,
      '6:39: operationId "a" is used twice: choose another.',
    ],
    ["% in a path", withPaths(`  /a%: { get: { operationId: a, ${OK} } }`), '5:3: "%" in a path is not supported.'],
    ["% in a property", schemas("    A: { properties: { a%: {} } }"), '8:24: "%" in the name of a property is not'],
    [
      "an extension among the paths",
      withPaths(`  x-a: {}\n  /a: { get: { operationId: a, ${OK} } }`),
      "5:3: Extensions among the paths are not supported: put it beside `paths`.",
    ],
    [
      "an extension among the responses",
      withPaths("  /a: { get: { operationId: a, responses: { x-a: 1 } } }"),
      "5:45: Extensions among the responses are not supported: put it beside `responses`.",
    ],
    [
      "a range of statuses in small letters",
      withPaths("  /a: { get: { operationId: a, responses: { 2xx: { description: x } } } }"),
      '5:45: A range of statuses is written in capitals: "2XX".',
    ],
    [
      "a schema with the name of something the package exports",
      schemas("    KonProError: { type: string }"),
      '8:5: Schema "KonProError" would have the type name KonProError, which the package has: rename it.',
    ],
    [
      "two schemas whose types would have one name",
      schemas("    foo-bar: { type: string }\n    FooBar: { type: string }"),
      '9:5: Schema "FooBar" would have the type name FooBar, which schema "foo-bar" has: rename it.',
    ],
  ])("%s", async (_, text, problem) => {
    const result = await generate(text);
    expect(result.text).toContain(`spec.yaml:${problem}`);
    expect(result.text).toContain("spec.yaml cannot be used as it is; out/ is unchanged.");
    expect(result.code).toBe(1);
    expect(await files()).toEqual(["spec.yaml"]);
  });

  test.each([
    ["text", "just text\n"],
    ["a list", "[1, 2]\n"],
    ["an empty file", ""],
    [
      "schemas that are nothing but each other",
      schemas('    A: { $ref: "#/components/schemas/B" }\n    B: { $ref: "#/components/schemas/A" }'),
    ],
  ])("%s", async (_, text) => {
    const result = await generate(text);
    expect(result.text).toMatch(/^spec\.yaml: .+: give the path of an OpenAPI 3\.1 description in YAML or JSON\.\n/);
    expect(result.code).toBe(1);
  });

  test("a file that is not there", async () => {
    const result = await generate("", "--spec", path("nope.yaml"));
    expect(result.code).toBe(1);
    expect(result.text).toMatch(/nope\.yaml: .*no such file.*: give the path of an OpenAPI 3\.1 description/);
  });
});

describe("what is unusual but correct is accepted", () => {
  test("names that need quotes, and schemas that need other names", async () => {
    const text = `${withPaths(`  /a'b/{x-y}/"q":
    parameters: [{ name: x-y, in: path, required: true, schema: { type: string } }]
    get: { operationId: $get_1, description: 'Ends */ here \`\${x}\`.', ${OK} }`)}components:
  schemas: { foo-bar.baz: { properties: { 1st: { type: [string, "null"] } } }, 1st: { const: 1 }, string: { type: string } }
`;
    expect(await generate(text)).toMatchObject({ code: 0 });
    expect(await generated("schema.ts")).toContain('export type FooBarBaz = components["schemas"]["foo-bar.baz"];');
    expect(await generated("schema.ts")).toContain('export type _1st = components["schemas"]["1st"];');
    expect(await generated("schema.ts")).toContain('export type String = components["schemas"]["string"];');
    expect(await generated("operations.ts")).toContain(
      `$get_1: { method: "get", path: "/a'b/{x-y}/\\"q\\"", bodies: {"204":false}, keyless: true }`,
    );
  });

  test("a path item kept among the components, and server variables", async () => {
    const text = `${INFO}servers: [{ url: "https://{r}.example/{v}", variables: { r: { default: eu }, v: { default: v2 } } }]
paths: { /a: { $ref: "#/components/pathItems/a" } }
components: { pathItems: { a: { get: { operationId: a, ${OK} } } } }
`;
    expect(await generate(text)).toMatchObject({ code: 0 });
    expect(await generated("operations.ts")).toContain('export const server = "https://eu.example/v2";');
    expect(await generated("operations.ts")).toContain('a: { method: "get", path: "/a"');
  });
});

const GOOD = operation("operationId: listThings, summary: List things");

describe("--check", () => {
  test("says that all is up to date, or which file is stale and what to do, and writes nothing", async () => {
    await generate(GOOD);
    expect(await generate(GOOD, "--check")).toMatchObject({
      code: 0,
      text: expect.stringContaining("out/ is up to date"),
    });

    const stale = GOOD.replace("List things", "List all things");
    const before = await Promise.all([generated("schema.ts"), generated("operations.ts")]);
    const { code, text } = await generate(stale, "--check");
    expect(code).toBe(1);
    expect(text).toContain(
      'out/operations.ts does not match the contract: run "npm run generate" and commit the result.',
    );
    expect(await Promise.all([generated("schema.ts"), generated("operations.ts")])).toEqual(before);
  });

  test("a file that is missing is stale", async () => {
    expect(await generate(GOOD, "--check")).toMatchObject({
      code: 1,
      text: expect.stringContaining("out/schema.ts does not match"),
    });
    expect(await files()).toEqual(["spec.yaml"]);
  });
});

test.each([
  ["x-extensible-enum: [a]", '"a" | (string & {})'],
  ["type: string, x-extensible-enum: [a, b]", '"a" | "b" | (string & {})'],
  ["type: [string, 'null'], x-extensible-enum: []", "(string & {}) | null"],
  ["type: [string, integer], x-extensible-enum: [a, 1]", '"a" | 1 | (string & {}) | (number & {})'],
  ["type: integer, x-extensible-enum: [1, 2]", "1 | 2 | (number & {})"],
  ["type: boolean, x-extensible-enum: [true]", "true | (boolean & {})"],
])("an open set: %s", async (schema, type) => {
  expect(await generate(schemas(`    A: { ${schema} }`))).toMatchObject({ code: 0 });
  expect(await generated("schema.ts")).toContain(`A: ${type};`);
});

test("the same contract gives the same bytes, with LF alone", async () => {
  await generate(GOOD);
  const first = await Promise.all([generated("schema.ts"), generated("operations.ts")]);
  await generate(GOOD.replaceAll("\n", "\r\n"));
  expect(await Promise.all([generated("schema.ts"), generated("operations.ts")])).toEqual(first);
  expect(first.join()).not.toContain("\r");
});

test("a contract that is broken, or a disk that fails, leaves the files as they were", async () => {
  await generate(GOOD);
  const before = await Promise.all([generated("schema.ts"), generated("operations.ts")]);
  expect(await generate(GOOD.replace("listThings", "GET"))).toMatchObject({ code: 1 });
  // The second file cannot be put in place: its temporary name is taken by a folder.
  await mkdir(path(`out/.operations.ts.${process.pid}/x`), { recursive: true });
  await expect(generate(GOOD.replace("listThings", "listAll"))).rejects.toThrow();
  expect(await Promise.all([generated("schema.ts"), generated("operations.ts")])).toEqual(before);
});

test.each([["--chekc"], ["extra"], ["--spec"]])("%s is wrong usage", async (flag) => {
  const { code, text } = await generate(GOOD, flag);
  expect(code).toBe(2);
  expect(text).toContain("Usage: npm run generate");
});
