// The supported OpenAPI subset: everything in the table is accepted, everything else is rejected with its place and what to write.
import { describe, expect, test, vi } from "vitest";
import { applyRules, type Finding } from "../../../scripts/contract/rules/rule.js";
import { Reading } from "../../../scripts/contract/walk.js";
import { languagePage } from "../../../scripts/docs/language-page.js";
import { generatorForEachTest } from "../generator.js";

const { generate, generated, files, write } = generatorForEachTest();

test("the page of the docs shows the table; `npx vitest -u` updates it", async () => {
  await expect(languagePage()).toMatchFileSnapshot("../../../docs/project/contract-language.md");
});

/** Contracts with one part replaced. */
const HEAD = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\nservers: [{ url: https://api.example }]\n";
const DONE = "responses: { 204: { description: Done. } }";
const document = (paths: string, rest = "") => `${HEAD}paths:\n${paths}\n${rest}`;
const operation = (more: string) => document(`  /a: { post: { operationId: a, ${DONE}, ${more} } }`);
const BASE = operation("summary: x");
const path = (name: string, more = "") => document(`  ${name}: { post: { operationId: a, ${DONE}, ${more} } }`);
const parameter = (text: string) => operation(`parameters: [{ ${text} }]`);
const query = (schema: string, name = "q") => parameter(`name: ${name}, in: query, schema: ${schema}`);
const body = (text: string) => operation(`requestBody: { content: ${text} }`);
const responses = (text: string, method = "get") =>
  document(`  /a: { ${method}: { operationId: a, responses: ${text} } }`);
const returns = (content: string, status = "200", method = "get") =>
  responses(`{ 202: { description: x }, ${status}: { description: x, content: { ${content} } } }`, method);
const response = (schema: string, example: string) => returns(`application/json: { schema: ${schema}, ${example} }`);
const schemas = (text: string) =>
  `${BASE}components:\n  schemas:\n    B: { type: object, properties: { b: { type: string } } }\n${text}\n`;
const schema = (text: string) => schemas(`    A: ${text}`);
const member = (text: string) => schema(`{ type: object, properties: { a: ${text} } }`);
const scheme = (text: string) => `${BASE}components: { securitySchemes: ${text} }\n`;
const method = (id: string) => BASE.replace("operationId: a", `¦operationId: ${id}`);
const server = (url: string) => BASE.replace("url: https://api.example", `¦url: ${url}`);
const EMPTY = "application/json: { schema: { type: object }, example: {} }";
const pathParameter = (name: string) => `{ name: ${name}, in: path, required: true, schema: { type: string } }`;
const REF = '{ $ref: "#/components/schemas/B" }';
const variant = (text: string) => `{ type: object, required: [k], properties: { k: ${text} } }`;
const cat = variant("{ type: string, const: cat }");
const other = (not: string) => `{ type: object, required: [k], properties: { k: { type: string } }, not: ${not} }`;
const notCat = "{ required: [k], properties: { k: { const: cat } } }";

/** Rejected contracts by topic: the text, with `¦` before the expected location, and what the message must contain. */
type Rejected = [text: string, ...parts: string[]];

const FILE: Rejected[] = [
  ["¦", "empty", "Write an OpenAPI 3.1 description"],
  ["¦# nothing\n", "empty"],
  ["¦just text\n", "openapi: 3.1.0"],
  ["¦[1, 2]\n", "openapi: 3.1.0"],
  ["¦info: { title: T }\n", "`openapi` is missing", "openapi: 3.1.0"],
  ["¦openapi: 3.1\n", "Write `openapi: 3.1.0`"],
  ["¦openapi: 3.0.3\ncomponents: { schemas: { A: { nullable: true } } }\n", "3.0.3", "convert"],
  ['¦swagger: "2.0"\n', "convert a description"],
  ["openapi: 3.1.0\ninfo: [oops\n¦paths: {}\n", "Correct the YAML"],
  [`${BASE}¦---\n${HEAD}`, "second YAML document", "Keep one"],
  [`¦\uFEFF${BASE}`, "byte order mark", "without one"],
  [`¦%YAML 1.1\n---\n${BASE}`, "YAML 1.2"],
  [operation("summary: x, ¦summary: y"), "`summary` appears twice"],
  [operation("x-a: &a [1], x-b: ¦*a"), "alias", "Write the value here"],
  [operation("x-a: { ¦__proto__: 1 }"), "__proto__", "another name"],
  [operation("x-a: ¦.nan"), "cannot represent this number"],
  [operation("x-a: !!binary ¦aGk="), "YAML tag"],
  [operation("x-a: !!set ¦{ a }"), "YAML tag"],
  [operation("x-a: ¦!a b"), "tag", "Correct the YAML"],
  [operation("? ¦[a] : 1"), "plain strings"],
  [operation(`x-a: ${"[".repeat(9000)}${"]".repeat(9000)}`).replace("openapi", "¦openapi"), "nested too deeply"],
];

const CLOSED: Rejected[] = [
  [operation("¦description: { $ref: /proc/self/environ }"), "not a string"],
  [operation("x-a: { ¦$ref: /proc/self/environ }"), "not followed in data"],
  [operation('x-a: [{ ¦$ref: "#/components/schemas/B" }]'), "not followed in data"],
  [response("{ type: object }", "example: { ¦$ref: a.yaml }"), "not followed in data"],
  [
    response("{ type: object }", "examples: { a: { ¦externalValue: a.json, value: {} } }"),
    "externalValue",
    "Write the `value`",
  ],
  [response("{ type: object }", "examples: { a: { ¦$ref: a.json, value: {} } }"), "$ref", "Write the example here"],
  [member("{ type: string, enum: [{ ¦$ref: a.yaml }] }"), "not followed in data"],
  [member("{ type: object, default: { ¦$ref: a.yaml } }"), "not followed in data"],
  [member("{ ¦$ref: https://x.example/a.yaml }"), "this file's components"],
  [member("{ ¦$ref: a.yaml#/components/schemas/B }"), "this file's components"],
  [member('{ ¦$ref: "spec.yaml#/components/schemas/B" }'), "this file's components"],
  [member('{ ¦$ref: "#/components/schemas/B/properties/b" }'), "this file's components"],
  [member('{ ¦$ref: "#/paths/~1a/post" }'), "this file's components"],
  [member('{ ¦$ref: "#B" }'), "this file's components"],
  [member('{ ¦$ref: "#/components/responses/B" }'), "#/components/schemas/NAME"],
  [member('{ ¦$ref: "#/components/schemas/Nope" }'), "has no `Nope`"],
  [member('{ ¦$ref: "#/components/schemas/constructor" }'), "has no `constructor`"],
  [schema('{ ¦$ref: "#/components/schemas/B" }'), "must not be a reference", "Write out"],
  [
    member('{ ¦$ref: "#/components/schemas/C" }').replace("    B:", `    C: ${REF}\n    B:`),
    "itself a reference",
    "#/components/schemas/B",
  ],
  [operation('parameters: [{ ¦$ref: "#/components/parameters/p" }]'), "has no `p`"],
  [document("  /a: { ¦$ref: b.yaml }"), "$ref", "Write the path item here"],
  [document("  /a: { get: { ¦$ref: b.yaml } }"), "$ref", "Write the operation here"],
  [schema('{ type: object, properties: { ¦$ref: "#/components/schemas/B" } }'), "$ref"],
];

const MEMBERS: Rejected[] = [
  [operation("¦operationID: a"), "`operationID` is not supported", "Write `operationId`"],
  [document(`  /a: { ¦get: { ${DONE} } }`), "An operation must have `operationId`"],
  [document("  /a: { ¦get: { operationId: a } }"), "An operation must have `responses`"],
  [document("  ¦/a:"), "not an object", "Write a path item"],
  [operation("¦parameters: { a: 1 }"), "not a list"],
  [operation("¦deprecated: yes"), "`true` or `false`"],
  [operation("¦servers: [{ url: https://b.example }]"), "document's server"],
  [document(`  /a: { ¦servers: [], get: { operationId: a, ${DONE} } }`), "document's server"],
  [operation("¦callbacks: {}"), "webhooks"],
  [document(`  /a: { ¦trace: { operationId: a, ${DONE} } }`), "TRACE"],
  [document(`  ¦x-a: {}\n  /a: { get: { operationId: a, ${DONE} } }`), "such as /videos/{id}"],
  [`¦jsonSchemaDialect: a\n${BASE}`, "OpenAPI 3.1"],
  [`${BASE}components: { ¦pathItems: {} }\n`, "under `paths`"],
  [`${BASE}components: { ¦examples: {} }\n`, "where it is used"],
  [`${BASE}webhooks: { b: { ¦get: {} } }\n`, "`get`"],
  [
    operation("responses: {}")
      .replace(DONE, "responses: { 204: { description: x, ¦links: {} } }")
      .replace(", responses: {}", ""),
    "description",
  ],
  [responses("{ ¦x-a: 1, 204: { description: x } }"), "such as `4XX`"],
  [responses("{ ¦2xx: { description: x } }"), "such as `4XX`"],
  [responses("{ ¦600: { description: x } }"), "status from 200 to 599"],
  [responses("{ ¦100: { description: x }, 204: { description: x } }"), "status from 200 to 599"],
];

const PATHS: Rejected[] = [
  ...[
    "/a%20b",
    "/a?b",
    '"/a#b"',
    "/a/..",
    "/./a",
    "/a/%2e%2e/b",
    '"/a\\\\b"',
    "a",
    "//a",
    '"/a b"',
    '/a"b',
    "/{a}{b}",
    "/{a}.json",
    "/{.p}",
    "/{p*}",
    "/{;p}",
    "/{}",
  ].map((name): Rejected => [path(`¦${name}`), "such as /videos/{id}"]),
  [document(`  /a/{id}: { ¦get: { operationId: a, ${DONE} } }`), "{id} is not described", "required: true"],
  [path("/a", `parameters: [${pathParameter("id")}]`).replace("post", "¦post"), "has no {id}"],
  [path("/{id}/{id}", `parameters: [${pathParameter("id")}]`).replace("post", "¦post"), "one parameter name twice"],
  [
    document(`  /a/{x}: { parameters: [${pathParameter("x")}], get: { operationId: a, ${DONE} } }
  ¦/a/{y}: { parameters: [${pathParameter("y")}], get: { operationId: b, ${DONE} } }`),
    "/a/{x}",
    "same route",
  ],
  [`${HEAD}¦paths: {}\n`, "There are no operations"],
  [document("  /a: {}").replace("paths", "¦paths"), "There are no operations"],
];

const PARAMETERS: Rejected[] = [
  [parameter("name: q, ¦in: cookie, schema: { type: string }"), "cookie", "path, query or header"],
  [parameter("name: q, in: query, ¦content: { application/json: {} }"), "Write a `schema`"],
  [parameter("name: q, in: query, ¦style: deepObject, schema: { type: string }"), "style", "name=a&name=b"],
  [parameter("name: q, in: query, ¦explode: false, schema: { type: string }"), "explode"],
  [parameter("name: q, in: query, ¦allowReserved: true, schema: { type: string }"), "allowReserved"],
  [parameter("name: q, in: query, ¦schema: true"), "not an object", "`type`"],
  [operation("parameters: [¦{ name: q, in: query }]"), "must have `schema`"],
  ...[
    "{ type: object }",
    '{ type: [string, "null"] }',
    "{ type: [string, integer] }",
    "{ type: array, items: { type: array, items: { type: string } } }",
  ].map((text): Rejected => [query(text).replace("schema: {", "¦schema: {"), "primitive type"]),
  [parameter("name: X-A, in: header, ¦schema: { type: array, items: { type: string } }"), "primitive type"],
  [
    path(
      "/{p}",
      "parameters: [{ name: p, in: path, required: true, ¦schema: { type: array, items: { type: string } } }]",
    ),
    "primitive type",
  ],
  [path("/{p}", "parameters: [{ name: p, in: path, ¦required: false, schema: { type: string } }]"), "required: true"],
  ...["a&b", "a b", "a[]", "ä", "$a", "-a"].map(
    (name): Rejected => [parameter(`¦name: "${name}", in: query, schema: { type: string }`), "letters, digits"],
  ),
  [parameter("¦name: constructor, in: query, schema: { type: string }"), "JavaScript"],
  ...["Accept", "content-type", "Authorization", "Host", "Cookie", "Sec-A"].map(
    (name): Rejected => [parameter(`¦name: ${name}, in: header, schema: { type: string }`), "Remove the parameter"],
  ),
  [parameter('¦name: "a b", in: header, schema: { type: string }'), "not a valid header name"],
  [
    `${parameter("¦name: x-KEY, in: header, schema: { type: string }")}components: { securitySchemes: { k: { type: apiKey, in: header, name: X-Key } } }\n`,
    "from `apiKey`",
  ],
  [
    operation(
      "parameters: [{ name: X-a, in: header, schema: { type: string } }, { name: x-A, in: header, schema: { type: string } }]",
    ).replace("post", "¦post"),
    "described twice",
  ],
  [query("{ type: string, format: password }").replace("schema: {", "¦schema: {"), "secret", "body"],
  [query("{ type: string, maxLength: 0 }").replace("schema: {", "¦schema: {"), "empty", "maxLength"],
  [parameter("name: q, in: query, schema: { type: integer }, ¦example: a"), "does not match its schema"],
  [
    parameter("name: q, in: query, schema: { type: string }, ¦example: a, examples: { a: { value: b } }"),
    "Both `example` and `examples`",
  ],
];

const BODIES: Rejected[] = [
  ...[
    "multipart/form-data",
    "text/plain",
    "application/octet-stream",
    "'*/*'",
    "application/x+json",
    "text/json",
    `'application/json";evil("'`,
  ].map((type): Rejected => [body(`{ ¦${type}: { schema: { type: string } } }`), "Describe JSON"]),
  [operation("requestBody: { ¦content: {} }"), "application/json"],
  [body("{ ¦application/json: {} }"), "must have `schema`"],
  [body("{ application/json: { schema: { type: string }, ¦encoding: {} } }"), "encoding"],
  ...["get", "head"].map(
    (method): Rejected => [
      operation("¦requestBody: { content: { application/json: { schema: { type: string } } } }").replace(
        "post:",
        `${method}:`,
      ),
      "cannot have a body",
      "POST",
    ],
  ),
  [returns("¦application/json: { schema: { type: object } }"), "no example", "the mock"],
  [returns("¦application/json: { schema: { type: object }, examples: {} }"), "no example"],
  ...["204", "205", "304"].map((status): Rejected => [returns(EMPTY, `¦${status}`), "has no body"]),
  [returns(EMPTY, "¦200", "head"), "HEAD"],
  [responses("{ default: { description: x } }").replace("responses", "¦responses"), "no 2xx response"],
  [response("{ type: integer }", "¦example: a"), "does not match its schema", "must be integer"],
  [
    response("{ type: array, items: { type: integer } }", "examples: { a: { value: [1, ¦1.5] } }"),
    "/1 must be integer",
  ],
  [response("{ type: integer }", "examples: { ¦a b: { value: 1 } }"), "letters, digits"],
  [
    returns("¦application/json: { schema: { type: array, items: { type: string, format: password } }, example: [] }"),
    "by name",
    "Put it into a named member",
  ],
  [responses("{ 204: { description: x, headers: { a: { ¦schema: { type: object } } } } }"), "primitive type"],
];

const NAMES: Rejected[] = [
  ...["GET", "request", "use", "then", "toString", "constructor"].map((id): Rejected => [method(id), "Choose another"]),
  ...["2-a", "things/list", "a b", "ä"].map((id): Rejected => [method(id), "cannot name a method"]),
  [document(`  /a: { get: { operationId: a, ${DONE} } }\n  /b: { get: { ¦operationId: a, ${DONE} } }`), "used twice"],
  [document(`  /a: { get: { operationId: a, ${DONE} } }\n  /b: { get: { ¦operationId: A, ${DONE} } }`), "only in case"],
  [
    `${BASE}webhooks: { b: { post: { ¦operationId: a, requestBody: { content: { application/json: { schema: { type: object } } } }, ${DONE} } } }\n`,
    "used twice",
  ],
  ...["KonProError", "CallInit", "Blob", "Promise", "Record", "Error", "String"].map(
    (name): Rejected => [schemas(`    ¦${name}: { type: string }`), "Choose another name"],
  ),
  [schemas("    Foo: { type: string, x-extensible-enum: [a] }\n    ¦KnownFoo: { type: string }"), "KnownFoo"],
  [schemas("    KnownFoo: { type: string }\n    ¦Foo: { type: string, x-extensible-enum: [a] }"), "KnownFoo"],
  [schemas("    FooID: { type: string }\n    ¦FooId: { type: string }"), "FooId"],
  [
    schemas("    FooStatus: { type: string, x-extensible-enum: [a] }\n    ¦FOO_STATUSES: { type: string }"),
    "FOO_STATUSES",
  ],
  ...["foo", "foo-bar", "1st", "a.b"].map(
    (name): Rejected => [schemas(`    ¦${name}: { type: string }`), "starts with a capital"],
  ),
  [schema("{ type: object, properties: { ¦constructor: { type: string } } }"), "every JavaScript object"],
];

const SCHEMAS: Rejected[] = [
  [member("{ type: string, ¦nullable: true }"), '[string, "null"]'],
  ...[
    "allOf: [{}]",
    "readOnly: true",
    "writeOnly: true",
    "discriminator: {}",
    "if: {}",
    "$defs: {}",
    "$dynamicRef: a",
    "$id: a",
    "patternProperties: {}",
    "unevaluatedProperties: false",
    "minProperties: 1",
    "dependentSchemas: {}",
  ].map((text): Rejected => [schema(`{ type: object, ¦${text} }`), "is not supported"]),
  ...["prefixItems: []", "uniqueItems: true", "contains: {}"].map(
    (text): Rejected => [member(`{ type: array, items: { type: string }, ¦${text} }`), "is not supported"],
  ),
  [member("{ ¦allOf: [{ type: string }], type: string }"), "one object schema"],
  [member("{ type: integer, ¦multipleOf: 2 }"), "multipleOf"],
  [member("{ type: integer, ¦x-extensible-enum: [1] }"), "nly strings can be an open set"],
  [member("{ type: [string, integer], ¦x-extensible-enum: [a] }"), "nly strings can be an open set"],
  [member("true").replace("{ a: true", "{ ¦a: true"), "not an object"],
  [member("{ enum: [a] }").replace("{ a:", "{ ¦a:"), "A schema must have `type`"],
  ...["text", "[object, string]", "[string, string]", '"null"', "[]"].map(
    (text): Rejected => [member(`{ ¦type: ${text} }`), "Unsupported `type`"],
  ),
  [member("{ ¦type: array }").replace("{ a: { ¦", "{ ¦a: { "), "An array schema must have `items`"],
  [member("{ type: string, ¦minLength: -1 }"), "a non-negative integer"],
  [member("{ type: string, ¦minLength: a }"), "a non-negative integer"],
  [member("{ type: string, ¦maximum: 1 }"), "`maximum`"],
  [member('{ type: string, ¦pattern: "[" }'), "regular expression", "Correct it"],
  [member("{ type: string, ¦enum: [a, 1] }"), "does not match `type`"],
  [member("{ type: string, ¦const: [a] }"), "does not match `type`"],
  [member('{ type: [string, "null"], ¦enum: [a] }'), "null"],
  [member("{ type: string, ¦enum: [] }"), "The list is empty"],
  [member("{ type: string, ¦enum: [a, a] }"), "twice"],
  [member("{ type: string, const: a, ¦enum: [a] }"), "Remove one"],
  [schema("{ type: object, required: [¦a] }"), "not described"],
  [
    schema("{ type: object, properties: { a: { type: string } }, ¦additionalProperties: { type: integer } }"),
    "TypeScript",
  ],
  [schema("{ type: object, ¦additionalProperties: true }"), "not an object"],
  [member("{ type: integer, ¦default: a }"), "does not match its schema"],
  [member("{ type: integer, examples: [1, ¦a] }"), "does not match its schema"],
  [member('{ $ref: "#/components/schemas/B", ¦required: [b] }'), "is not supported"],
  [schemas('    ¦A: { type: array, items: { $ref: "#/components/schemas/A" } }'), "refers to itself"],
];

const UNIONS: Rejected[] = [
  [member('{ ¦anyOf: [{ type: string }, { type: "null" }] }'), 'type: [string, "null"]'],
  [
    member(`{ ¦anyOf: [${REF}, { type: "null" }] }`).replace("B: { type: object", 'B: { type: [object, "null"]'),
    "already allows null",
  ],
  [member(`{ ¦anyOf: [${REF}, ${cat}, { type: "null" }] }`), "Only a reference"],
  [member("{ ¦oneOf: [{ type: string }, { type: integer }] }"), "Nothing distinguishes the variants"],
  [member(`{ ¦anyOf: [${cat}] }`), "Nothing distinguishes the variants"],
  [member(`{ ¦anyOf: [${cat}, ${cat}] }`), "Nothing distinguishes the variants"],
  [member(`{ ¦anyOf: [${cat}, ${REF}] }`), "Nothing distinguishes the variants"],
  [member(`{ ¦anyOf: [${cat}, ${variant("{ type: string }")}] }`), "Nothing distinguishes the variants"],
  [member(`{ ¦anyOf: [${cat}, ${other(notCat.replace("cat", "dog"))}] }`), "Nothing distinguishes the variants"],
  [
    member(`{ ¦anyOf: [${cat}, ${other(notCat)}] }`).replaceAll(
      "required: [k], properties: { k: { type: string, const",
      "properties: { k: { type: string, const",
    ),
    "Nothing distinguishes the variants",
  ],
  [
    member(`{ ¦anyOf: [${cat}, ${other("{ required: [k], properties: { k: { const: cat, enum: [cat] } } }")}] }`),
    "Nothing distinguishes the variants",
  ],
  [member(`{ anyOf: [${cat}, ${variant("{ type: string, const: dog }")}], ¦oneOf: [] }`), "Remove one"],
  [member(`{ ¦type: object, anyOf: [${cat}, ${variant("{ type: string, const: dog }")}] }`), "`type` is not supported"],
  [schema(`{ type: object, ¦not: ${notCat} }`), "last variant"],
  [schema("{ type: object, not: { ¦type: string, required: [k], properties: {} } }"), "object"],
];

const SERVER: Rejected[] = [
  ...[
    "/v1",
    "ftp://a.example",
    "https://a.example?b",
    "https://u@a.example",
    '"https://{v}.example"',
    "'https://a\\b'",
  ].map((url): Rejected => [server(url), "absolute URL"]),
  [server("http://localhost.example"), "https:"],
  [BASE.replace("servers: [{ url: https://api.example }]", "¦servers: []"), "absolute URL"],
  [BASE.replace("api.example }]", "api.example }, ¦{ url: https://b.example }]"), "Remove this one"],
  [BASE.replace("api.example }]", "api.example, ¦variables: {} }]"), "in the `url`"],
  [scheme("{ k: { ¦type: http, in: header, name: a, scheme: bearer } }").replace(", scheme: bearer", ""), "apiKey"],
  [scheme("{ k: { type: apiKey, ¦in: query, name: a } }"), "header"],
  [scheme('{ k: { type: apiKey, in: header, ¦name: "a b" } }'), "another name"],
  [scheme("{ k: { type: apiKey, in: header, ¦name: Cookie } }"), "another name"],
  [
    scheme("{ k: { type: apiKey, in: header, name: a }, ¦l: { type: apiKey, in: header, name: b } }"),
    "Only one security scheme",
  ],
  [operation("¦security: [{ k: [] }]"), "empty list"],
  [`security: [¦{ nope: [] }]\n${BASE}`, "components/securitySchemes"],
];

describe.each(Object.entries({ FILE, CLOSED, MEMBERS, PATHS, PARAMETERS, BODIES, NAMES, SCHEMAS, UNIONS, SERVER }))(
  "rejected: %s",
  (_, rows) => {
    test.each(rows)("%s", async (marked, ...parts) => {
      const before = marked.slice(0, marked.indexOf("¦")).split("\n");
      const { code, text } = await generate(marked.replace("¦", ""));
      const at = `spec.yaml:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: `;
      const problem = text.split("\n").find((line) => line.startsWith(at));
      expect(problem, text).toBeDefined();
      for (const part of parts) expect(problem).toContain(part);
      expect(text).not.toMatch(/A rule threw|\n {4}at /);
      expect(code).toBe(1);
      expect(await files()).toEqual(["spec.yaml"]);
    });
  },
);

describe("accepted, with the generated type", () => {
  const typeOf = (text: string) =>
    text
      .replace(/\/\*\*.*?\*\/\s*/gs, "")
      .replace(/\s+/g, " ")
      .replaceAll('components["schemas"]', "$");

  test.each([
    ["{ type: string }", "string"],
    ['{ type: [string, "null"], format: date, minLength: 1, maxLength: 2, pattern: "^a" }', "string | null"],
    ["{ type: [string, integer] }", "string | number"],
    ["{ type: integer, minimum: 1, exclusiveMaximum: 9 }", "number"],
    ['{ type: boolean, title: T, description: "*/ x", deprecated: true, default: true, x-a: 1 }', "boolean"],
    ["{ type: string, enum: [a, 'b\"'] }", '"a" | "b\\""'],
    ['{ type: [string, "null"], enum: [a, null] }', '"a" | null'],
    ["{ type: number, const: -1.5 }", "-1.5"],
    ["{ type: boolean, const: false }", "false"],
    ["{ type: string, x-extensible-enum: [a, b] }", '"a" | "b" | (string & {})'],
    ['{ type: [string, "null"], x-extensible-enum: [a] }', '"a" | (string & {}) | null'],
    [
      "{ type: array, items: { type: array, items: { type: [string, integer] } }, minItems: 1, maxItems: 2 }",
      "(string | number)[][]",
    ],
    ['{ type: [array, "null"], items: { type: string } }', "string[] | null"],
    ["{ type: object }", "Record<string, unknown>"],
    ['{ type: [object, "null"], additionalProperties: { type: integer } }', "{ [key: string]: number; } | null"],
    [
      "{ type: object, additionalProperties: false, required: [b], properties: { b: { type: string }, c-d: { type: string } } }",
      '{ b: string; "c-d"?: string; }',
    ],
    [REF, '$["B"]'],
    [`{ anyOf: [${REF}, { type: "null" }] }`, '$["B"] | null'],
    [`{ oneOf: [{ type: "null" }, ${REF}], description: x }`, 'null | $["B"]'],
    [`{ oneOf: [${cat}, ${variant("{ type: string, const: dog }")}] }`, '{ k: "cat"; } | { k: "dog"; }'],
    [`{ anyOf: [${cat}, ${other(notCat)}] }`, '{ k: "cat"; } | { k: string; }'],
  ])("%s", async (text, type) => {
    expect(await generate(member(text))).toMatchObject({ code: 0 });
    expect(typeOf(await generated("schema.ts"))).toContain(` a?: ${type};`);
  });

  test.each([
    ["query", "{ type: string, enum: [a] }", 'q?: "a"'],
    ["query", "{ type: array, items: { type: integer } }", "q?: number[]"],
    ["header", "{ type: boolean }", "q?: boolean"],
  ])("a parameter in a %s: %s", async (place, text, type) => {
    expect(await generate(parameter(`name: q, in: ${place}, schema: ${text}`))).toMatchObject({ code: 0 });
    expect(typeOf(await generated("schema.ts"))).toContain(type);
  });

  test("components of every kind, headers, webhooks and a local server", async () => {
    const text = `openapi: 3.1.1
info: { title: T, version: "1", summary: s, description: d, license: { name: MIT, identifier: MIT }, contact: { name: n } }
servers: [{ url: "http://127.0.0.1:8000/v1", description: d }]
security: [{ key: [] }]
tags: [{ name: t, description: d }]
externalDocs: { url: https://a.example }
x-any: { thing: [1] }
paths:
  /a/{id}/@me/b:c.d/:
    summary: s
    parameters: [{ $ref: "#/components/parameters/id" }]
    put:
      operationId: $put_1
      tags: [t]
      security: []
      deprecated: true
      requestBody: { $ref: "#/components/requestBodies/b" }
      responses:
        2XX: { $ref: "#/components/responses/r" }
        "404": { description: x }
        default: { $ref: "#/components/responses/r" }
webhooks: { w: { post: { operationId: receive, requestBody: { $ref: "#/components/requestBodies/b" }, responses: { "200": { description: x } } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: Authorization } }
  parameters: { id: { name: id, in: path, required: true, schema: { type: integer }, example: 1 } }
  requestBodies: { b: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/A" } } } } }
  headers: { h: { schema: { type: integer }, example: 1 } }
  responses: { r: { description: x, headers: { X-H: { $ref: "#/components/headers/h" } }, content: { application/json: { schema: { $ref: "#/components/schemas/A" }, examples: { one: { summary: s, value: { a: 1 } } } } } } }
  schemas: { A: { type: object, properties: { a: { type: integer, examples: [1] } } } }
`;
    expect(await generate(text)).toMatchObject({ code: 0 });
    expect(await generated("operations.ts")).toContain(
      '$put_1: { method: "put", path: "/a/{id}/@me/b:c.d/", needs: [["params","path","id"],["body"]], keyless: true }',
    );
  });
});

test("a rule that throws is reported as a problem with its place, and does not hide others", () => {
  const reading = new Reading({ info: { title: "T", version: "1" } });
  const fails = { of: "Info", check: () => [].concat(Object(undefined).a.b) };
  const passes = { of: "Info", check: (): Finding[] => [["y", "x"]] };
  expect(applyRules([fails, passes], reading)).toEqual([
    { pointer: ["info"], message: expect.stringContaining("A rule threw here") },
    { pointer: ["info", "x"], message: "y" },
  ]);
});

test("one problem does not hide another", async () => {
  const text = `${query("{ type: integer }").replace("operationId: a", "operationId: then")}components: { schemas: { Blob: { type: string } } }\n`;
  const { text: printed } = await generate(text.replace("https:", "http:").replace("in: query", "in: cookie"));
  for (const part of ["cookie", '"then"', "Blob", "an https: URL"]) expect(printed).toContain(part);
});

test("no other file is read, from disk or network", async () => {
  await write("other.yaml", "type: string\n");
  const fetch = vi.spyOn(globalThis, "fetch");
  for (const place of ["other.yaml", "https://x.example/a.yaml"]) {
    const { code, text } = await generate(member(`{ $ref: "${place}" }`));
    expect([code, text]).toEqual([1, expect.stringContaining("Only this file's components")]);
  }
  expect(fetch).not.toHaveBeenCalled();
});

test("secrets are found at any depth, by member name", async () => {
  const password = "{ type: string, format: password }";
  const members = [
    `plain: ${password}`,
    'nullable: { type: [string, "null"], format: password }',
    `list: { type: array, items: ${password} }`,
    `map: { type: object, additionalProperties: { $ref: "#/components/schemas/Secret" } }`,
    'reference: { anyOf: [{ $ref: "#/components/schemas/Secret" }, { type: "null" }] }',
    `outer: { type: object, properties: { inner: { type: array, items: { $ref: "#/components/schemas/Secret" } } } }`,
    "public: { type: string }",
  ];
  await generate(schemas(`    Secret: ${password}\n    A: { type: object, properties: { ${members.join(", ")} } }`));
  const names = ["plain", "nullable", "list", "map", "reference", "inner"];
  expect(await generated("operations.ts")).toContain(`string[] = ${JSON.stringify(names)};`);
});

describe("ErrorCode lists the codes of all error responses, and accepts any other string", () => {
  const failure = (code: string) =>
    `{ description: x, content: { application/json: { schema: { type: [object, "null"], properties: { error: { type: object, properties: { code: ${code} } } } }, example: {} } } }`;
  test.each([
    ["{ type: string, enum: [A] }", "{ type: [string, 'null'], x-extensible-enum: [B] }", '"A" | "B" | (string & {})'],
    ["{ type: integer, enum: [1] }", "{ type: string, const: A }", '"A" | (string & {})'],
    ["{ type: integer }", "{ type: string }", "string"],
  ])("%s and %s", async (one, two, type) => {
    await generate(responses(`{ 204: { description: x }, 401: ${failure(one)}, default: ${failure(two)} }`));
    expect(await generated("operations.ts")).toContain(`export type ErrorCode = ${type};`);
  });
});

describe("size", { timeout: 120_000 }, () => {
  test("nine levels of nine aliases are rejected at once", async () => {
    const levels = Array.from({ length: 9 }, (_, i) => `  a${i}: &a${i} [${Array(9).fill(i ? `*a${i - 1}` : "x")}]\n`);
    expect((await generate(`${BASE}x-a:\n${levels.join("")}`)).text).toContain("YAML alias");
  });

  test("a chain of thousands of references is rejected", async () => {
    const chain = Array.from(
      { length: 5000 },
      (_, i) => `    S${i}: { type: object, properties: { a: { $ref: "#/components/schemas/S${i + 1}" } } }`,
    );
    const text = response('{ $ref: "#/components/schemas/S0" }', "example: {}");
    const result = await generate(`${text}components:\n  schemas:\n${chain.join("\n")}\n    S5000: { type: string }\n`);
    expect([result.code, result.text]).toEqual([1, expect.stringContaining("nested too deeply")]);
  });

  test("eight times as many operations take less than sixteen times as long", async () => {
    const time = async (count: number) => {
      const one = (i: number) =>
        `  /a${i}/{id}: { get: { operationId: o${i}, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { 200: { description: x, content: { application/json: { schema: { type: object, properties: { a: ${REF} } }, example: {} } } } } } }`;
      const { user } = process.cpuUsage();
      expect(
        await generate(
          `${document(Array.from({ length: count }, (_, i) => one(i)).join("\n"))}components: { schemas: { B: { type: string } } }\n`,
        ),
      ).toMatchObject({ code: 0 });
      return process.cpuUsage().user - user;
    };
    await time(10);
    const few = await time(80);
    expect(await time(640)).toBeLessThan(16 * few);
  });
});
