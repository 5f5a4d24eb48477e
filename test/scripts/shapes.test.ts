// Shapes of an API that the client supports, and shapes that are refused because it would send or read them wrongly.
import { describe, expect, test, vi } from "vitest";
import { generatorForEachTest, HEAD, OK } from "./generator.js";

const { write, generated, generate } = generatorForEachTest();

/** Generates from paths, which begin at line 5; gives the problems, without the file's name. */
async function problemsOf(paths: string, head = HEAD): Promise<string[]> {
  const { code, text } = await generate(head + paths);
  const problems = text.split("\n").filter((line) => /^\S+:\d+:\d+: /.test(line));
  expect(code, text).toBe(problems.length > 0 ? 1 : 0);
  return problems.map((line) => line.replace("spec.yaml:", ""));
}

describe("parameters", () => {
  const pathTo = (place: string, text: string) =>
    `  /a${place === "path" ? "/{p}" : ""}:\n    get:\n      operationId: a\n      ${OK}\n      parameters:\n        - { name: p, in: ${place}${place === "path" ? ", required: true" : ""}, ${text} }\n`;
  const list = "schema: { type: array, items: { type: string } }";
  const object = "schema: { type: object, properties: { a: { type: string } } }";

  // What these look like on the wire: test/contract/wire.test.ts.
  test.each([
    ["query", "schema: { type: string }, explode: false"],
    ["query", list],
    ["query", `${list}, style: form, explode: true`],
    ["query", `${object}, style: deepObject, explode: true`],
    ["query", "schema: { anyOf: [{ type: array, items: { enum: [a] } }, { type: 'null' }] }"],
    ["query", "schema: { x-extensible-enum: [a] }"],
    ["path", "schema: { type: string }, explode: true"],
    ["path", list],
    ["path", `${list}, style: simple, explode: true`],
    ["path", object],
    ["header", "schema: { type: integer }"],
  ])("supported in a %s: %s", async (place, text) => {
    expect(await problemsOf(pathTo(place, text))).toEqual([]);
  });

  test.each([
    ["cookie", "schema: { type: string }", "Cookie parameters are not supported: send a header instead."],
    ["query", "content: { application/json: {} }", "`content` of a parameter is not supported: give it a `schema`."],
    ["query", `${list}, explode: false`, "A list in the query is sent as `name=a&name=b`: remove `explode: false`."],
    ["query", `${list}, style: pipeDelimited`, 'Style "pipeDelimited" in a query is not supported: use "form".'],
    ["query", `${list}, style: spaceDelimited`, 'Style "spaceDelimited" in a query is not supported: use "form".'],
    ["query", object, "An object in the query is sent as `name[member]=value`: declare `style: deepObject`."],
    ["query", `${list}, style: deepObject`, 'Style "deepObject" is for objects alone: use "form".'],
    ["query", "schema: { type: string }, allowReserved: true", "`allowReserved` is not supported"],
    ["query", "schema: {}", "Give the schema a `type`: how the parameter is written depends on it."],
    ["query", "schema: { type: array, items: { type: object } }", "Lists and objects inside a parameter are not"],
    [
      "query",
      "style: deepObject, schema: { type: object, properties: { a: { type: array } } }",
      "Lists and objects inside a parameter are not supported",
    ],
    ["path", "schema: { type: string }, style: label", 'Style "label" in a path is not supported: use "simple".'],
    ["path", "schema: { type: string }, style: matrix", 'Style "matrix" in a path is not supported: use "simple".'],
    ["path", `${object}, explode: true`, "An object in a path is sent as `a,1,b,2`: remove `explode: true`."],
    ["header", object, "A list or an object in a header is not supported: declare a string."],
    ["header", list, "A list or an object in a header is not supported: declare a string."],
  ])("refused in a %s: %s", async (place, text, problem) => {
    const problems = await problemsOf(pathTo(place, text));
    expect(problems).toEqual([expect.stringMatching(/^10:\d+: /)]);
    expect(problems[0]).toContain(problem);
  });

  test("refused: the header of the key", async () => {
    const scheme = "components: { securitySchemes: { k: { type: apiKey, in: header, name: X-Key } } }\n";
    const paths = pathTo("header", "schema: { type: string }").replace("name: p", "name: x-key");
    expect(await problemsOf(paths + scheme)).toEqual([
      "10:11: The client sets the key's header by itself: remove the parameter.",
    ]);
  });

  test("each at its own member, in the file where it is written", async () => {
    await write(
      "shared.yaml",
      "p: { name: p, in: query, schema: { $ref: '#/list' }, style: form, explode: false }\nlist: { type: array, items: { type: string } }\n",
    );
    const shared = "parameters: [{ $ref: 'shared.yaml#/p' }]";
    const [problem, ...more] = await problemsOf(
      `  /a: { get: { operationId: a, ${shared}, ${OK} } }\n  /b: { get: { operationId: b, ${shared}, ${OK} } }\n`,
    );
    expect(problem).toContain("shared.yaml:1:76: A list in the query");
    expect(more).toEqual([]);
  });
});

describe("request bodies", () => {
  const withBody = (method: string, content: string) =>
    `  /a:\n    ${method}:\n      operationId: a\n      ${OK}\n      requestBody:\n        content:\n          ${content}\n`;

  test.each([
    ["application/json: {}", undefined],
    ["application/merge-patch+json: {}", 'body: "application/merge-patch+json"'],
  ])("supported: %s", async (content, row) => {
    expect(await problemsOf(withBody("patch", content))).toEqual([]);
    const operations = await generated("operations.ts");
    if (row) expect(operations).toContain(row);
    else expect(operations).not.toMatch(/^ {2}a: .*body:/m);
  });

  test.each([
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
    "application/octet-stream",
    "image/png",
    "'*/*'",
    "'application/*+json'",
  ])("refused: %s", async (type) => {
    const name = type.replaceAll("'", "");
    const problem = `11:11: A body of ${name} is not supported: describe JSON, or leave the operation out.`;
    expect(await problemsOf(withBody("post", `${type}: {}`))).toEqual([problem]);
  });

  test("refused: two JSON types", async () => {
    const content = "application/json: {}\n          application/x+json: {}";
    expect(await problemsOf(withBody("post", content))).toEqual([
      expect.stringMatching(/^12:11: One body has one JSON/),
    ]);
  });

  test.each(["get", "head"])("refused: with %s", async (method) => {
    const problem = `9:7: A ${method.toUpperCase()} cannot have a body: use parameters, or describe a POST.`;
    expect(await problemsOf(withBody(method, "application/json: {}"))).toEqual([problem]);
  });
});

describe("answers", () => {
  const withAnswers = (...answers: string[]) =>
    `  /a:\n    get:\n      operationId: a\n      responses:\n${answers.map((answer) => `        ${answer}\n`).join("")}`;
  const of = (status: string, type: string) => `"${status}": { description: x, content: { "${type}": {} } }`;

  test.each<[string[], string | undefined, string]>([
    [[of("200", "application/json")], undefined, '"application/json": unknown'],
    [[of("200", "application/hal+json")], undefined, '"application/hal+json": unknown'],
    [[of("200", "text/csv")], "text", '"text/csv": string'],
    [[of("200", "application/xml")], "text", '"application/xml": string'],
    [[of("200", "image/png")], "blob", '"image/png": Blob'],
    [[of("200", "image/*")], "blob", '"image/*": Blob'],
    [[of("200", "application/pdf"), of("404", "text/plain")], "blob", '"text/plain": string'],
    [[of("200", "application/json"), of("500", "*/*")], undefined, '"*/*": string'],
    [[of("200", 'text/csv": {}, "application/json')], undefined, '"application/json": unknown'],
  ])("supported: %j", async (answers, read, type) => {
    expect(await problemsOf(withAnswers(...answers))).toEqual([]);
    const row = /^ {2}a: .*$/m.exec(await generated("operations.ts"))?.[0];
    expect(/read: "(\w+)"/.exec(row ?? "")?.[1]).toBe(read);
    expect(await generated("schema.ts")).toContain(type);
    expect(await generated("schema.ts")).not.toContain('"text/csv": unknown');
  });

  test.each([
    [of("200", "*/*"), "9:45: How */* is read is open: name the media type of the answer."],
    [of("default", "application/*"), "9:49: How application/* is read is open: name the media type of the answer."],
  ])("refused: %s", async (answer, problem) => {
    expect(await problemsOf(withAnswers(answer))).toEqual([problem]);
  });

  test("refused: successes that are read in two ways", async () => {
    const answers = withAnswers(of("200", "application/json"), of("202", "text/plain"));
    const problem = "10:45: This success would be read as text, another one as json: describe one kind.";
    expect(await problemsOf(answers)).toEqual([problem]);
  });
});

describe("paths and servers", () => {
  const path = (name: string) => `  "${name}": { get: { operationId: a, ${OK} } }\n`;

  test.each(["/a?b", "/a#b"])("refused: %s", async (name) => {
    expect(await problemsOf(path(name))).toEqual(['5:3: A path has no "?" and no "#": describe query parameters.']);
  });

  test.each([".p", ";p", "p*"])("refused: {%s}", async (name) => {
    const problems = await problemsOf(path(`/a/{${name}}`));
    expect(problems).toContain("5:3: `{.name}`, `{;name}` and `{name*}` are not supported in a path: write `{name}`.");
  });

  test("refused: a server over http:, unless it is on this machine", async () => {
    const head = (url: string) => HEAD.replace("https://api.example", url);
    expect(await problemsOf(path("/a"), head("http://127.0.0.1:8000/v1"))).toEqual([]);
    const problem = "3:18: The client sends its key over https: alone, but for this machine: give an https: URL.";
    expect(await problemsOf(path("/a"), head("http://localhost.example"))).toEqual([problem]);
  });
});

describe("names of operations", () => {
  test.each([
    ["things/list", "thingsList"],
    ["get-thing", "getThing"],
    ["Things.List", "thingsList"],
    ["list_things_v1_get", "list_things_v1_get"],
    ["GetThing", "GetThing"],
  ])("%s gives %s", async (id, method) => {
    expect(await problemsOf(`  /a: { get: { operationId: ${id}, ${OK} } }\n`)).toEqual([]);
    const operations = await generated("operations.ts");
    expect(operations).toContain(`  ${method}: { method: "get", path: "/a"`);
    expect(operations).toContain(`  ${method}: schema["${id}"];`);
    if (id !== method) expect(operations).toContain(`\`GET /a\`, in the contract \`${id}\``);
  });

  test("clashes are refused", async () => {
    const one = (id: string, path: string) => `  ${path}: { get: { operationId: ${id}, ${OK} } }\n`;
    expect(await problemsOf(one("get-thing", "/a") + one("get/thing", "/b") + one("to-string", "/c"))).toEqual([
      '6:29: operationId "get/thing" names the same method as "get-thing", getThing: choose another.',
      '7:29: operationId "to-string" is the name of a member the client already has: choose another.',
    ]);
  });
});

describe("what is legal is accepted", () => {
  const answer = (schema: string, schemas: string, example = "") =>
    `  /a: { get: { operationId: a, responses: { 200: { description: x, content: { application/json: { schema: ${schema}${example} } } } } } }\ncomponents:\n  schemas:\n${schemas}`;

  test("members of any name, also where they are missing", async () => {
    const members = "{ constructor: { type: string }, valueOf: { type: string }, hasOwnProperty: { type: string } }";
    const schema = `    A: { type: object, required: [constructor], properties: ${members} }\n`;
    expect(await problemsOf(answer('{ $ref: "#/components/schemas/A" }', schema))).toEqual([]);
    expect(await generated("schema.ts")).toMatch(
      /constructor: string;\s+valueOf\?: string;\s+hasOwnProperty\?: string/,
    );
    expect(await generated("validators.js")).toContain("hasOwnProperty");
  });

  test("boolean schemas, everywhere", async () => {
    const schema = `    Any: true\n    A: { type: object, properties: { a: true, b: { anyOf: [false, { type: string }] }, c: { not: false } } }\n    B: { allOf: [true, { $ref: "#/components/schemas/A" }], properties: { d: { $ref: "#/components/schemas/Any" } } }\n`;
    expect(await problemsOf(answer('{ $ref: "#/components/schemas/B" }', schema))).toEqual([]);
    expect(await generated("schema.ts")).toContain("a?: unknown;");
  });

  test("a $ref that is data", async () => {
    const data = '{ $ref: "#/nothing" }';
    const schema = `    A: { example: ${data}, default: ${data}, examples: [${data}], const: ${data} }\n`;
    expect(await problemsOf(answer('{ $ref: "#/components/schemas/A" }', schema, `, example: ${data}`))).toEqual([]);
    expect(await generated("examples.ts")).toContain('"$ref": "#/nothing"');
  });

  test("$id, anchors that nobody refers to, and references to the inside of a schema", async () => {
    const schema = `    A: { $id: "https://x.example/a", $anchor: a, type: object, properties: { b: { $ref: "#/components/schemas/A/$defs/b" } }, $defs: { b: { type: integer } } }
    C: { $anchor: a, type: array, items: { type: object, properties: { next: { $ref: "#/components/schemas/C/items" } } } }\n`;
    expect(await problemsOf(answer('{ $ref: "#/components/schemas/A" }', schema))).toEqual([]);
    const types = await generated("schema.ts");
    expect(types).toContain('b?: components["schemas"]["A._defs.b"];');
    expect(types).toContain('next?: components["schemas"]["C.items"];');
    expect(types).not.toContain("$defs: {");
  });
});

describe("types", () => {
  const typeOf = async (schemas: string) => {
    const answer = "responses: { 200: { description: x, content: { a/json: { schema: { type: string } } } } }";
    const paths = `  /a: { get: { operationId: a, ${answer} } }\ncomponents:\n  schemas:\n    B: { type: object, properties: { b: { type: string } } }\n    M: { type: [object, "null"], properties: { b: { type: string } } }\n`;
    expect(await problemsOf(`${paths}    A: ${schemas}\n`)).toEqual([]);
    const [, type = ""] = /^ {8}A: (.*?;)\n( {8}\w| {4}\})/ms.exec(await generated("schema.ts")) ?? [];
    return type.replace(/\s+/g, " ").replaceAll('components["schemas"]', "$");
  };

  test.each([
    ["a default", "{ type: object, properties: { a: { type: string, default: x } } }", "?: string; };"],
    ["keywords beside a $ref", '{ $ref: "#/components/schemas/B", required: [b] }', 'WithRequired<$["B"], "b">;'],
    ["a nullable", '{ allOf: [{ $ref: "#/components/schemas/M" }], required: [b] }', 'WithRequired<$["M"], "b">;'],
    [
      "members beside anyOf",
      '{ type: object, properties: { a: {} }, anyOf: [{ $ref: "#/components/schemas/B" }, { type: "null" }] }',
      '{ a?: unknown; } & ($["B"] | null);',
    ],
    [
      "values of a discriminator's members",
      '{ oneOf: [{ $ref: "#/components/schemas/K" }], discriminator: { propertyName: k } }\n    K: { type: object, properties: { k: { const: 1 } } }',
      '$["K"];',
    ],
  ])("%s", async (_, schemas, type) => {
    expect(await typeOf(schemas)).toContain(type);
    expect(await generated("schema.ts")).not.toContain("enum property");
  });
});

describe("read-only and write-only members", () => {
  const schemas = `components:
  schemas:
    Both: { type: object, required: [id, key], properties: { id: { $ref: "#/components/schemas/Id" }, key: { type: string, writeOnly: true } } }
    Id: { type: string, readOnly: true }
`;
  const json = (name: string) => `content: { application/json: { schema: { $ref: "#/components/schemas/${name}" } } }`;
  const paths = `  /a: { post: { operationId: a, requestBody: { ${json("Both")} }, responses: { 200: { description: x, ${json("Both")} } } } }\n`;

  test("what is sent has a type of its own", async () => {
    expect(await problemsOf(paths + schemas)).toEqual([]);
    const types = (await generated("schema.ts")).replace(/\s+/g, " ");
    expect(types).toMatch(/Both: \{ id: components\["schemas"\]\["Id"\]; \};/);
    expect(types).toMatch(/BothInput: \{ key: string; \};/);
    expect(types).toContain('requestBody?: { content: { "application/json": components["schemas"]["BothInput"]; }; };');
    expect(types).toContain('export type BothInput = components["schemas"]["BothInput"];');
  });

  test("a part of which nothing is left opens no object", async () => {
    const parts = `{ allOf: [{ $ref: "#/components/schemas/Id" }, { type: object, properties: { key: { type: string, writeOnly: true } } }] }`;
    expect(await problemsOf(paths + schemas.replace(/(Both: ).*/, `$1${parts}`))).toEqual([]);
    expect(await generated("schema.ts")).toContain('Both: components["schemas"]["Id"] & unknown;');
  });

  test("an answer is not checked for what is only sent", async () => {
    expect(await problemsOf(paths + schemas)).toEqual([]);
    const code = await generated("validators.js");
    expect(code).toContain('missingProperty: "id"');
    expect(code).not.toContain('missingProperty: "key"');
  });

  test("the name of that type may be taken", async () => {
    const [problem] = await problemsOf(`${paths}${schemas}    BothInput: { type: string }\n`);
    expect(problem).toMatch(/^8:5: Schema "Both" .*the type name BothInput too, which another schema has: rename/);
  });
});

describe("all problems come at once, each at its own place", () => {
  test("OpenAPI 3.0, and nothing that follows from it", async () => {
    const paths = `  /a: { get: { ${OK} } }\ncomponents: { schemas: { A: { type: string, nullable: true } } }\n`;
    expect(await problemsOf(paths, HEAD.replace("3.1.0", "3.0.3"))).toEqual([
      "1:10: OpenAPI 3.0.3: convert it to 3.1 first.",
    ]);
  });

  test("of rules, of names and of shapes", async () => {
    const paths = `  /a: { get: { ${OK} } }
  /b: { post: { operationId: b, requestBody: { content: { text/plain: {} } }, ${OK} } }
components: { schemas: { KonProError: { type: string } } }
`;
    expect((await problemsOf(paths)).map((problem) => problem.replace(/: .*/, ""))).toEqual(["6:59", "5:9", "7:26"]);
  });

  test("patterns that are none, at the pattern", async () => {
    const schemas = `components:
  schemas:
    A:
      type: object
      properties:
        a: { type: string, pattern: "[" }
        b: { $ref: "#/components/schemas/B" }
    B:
      type: string
      pattern: "(?x)"
`;
    const paths = `  /a: { get: { operationId: a, responses: { 200: { description: x, content: { a/json: { schema: { $ref: "#/components/schemas/A" } } } } } } }\n`;
    expect(await problemsOf(paths + schemas)).toEqual([
      '11:28: This is not a JavaScript regular expression with the flag "u" (Unterminated character class): correct it.',
      '15:7: This is not a JavaScript regular expression with the flag "u" (Invalid group): correct it.',
    ]);
  });

  test.each([
    ["a leftover nullable", "{ type: string, nullable: true }", 'write `type: [string, "null"]`.'],
    ["nullable beside a $ref", '{ $ref: "#/components/schemas/B", nullable: true }', "write `anyOf: [{ $ref"],
  ])("%s", async (_, schema, advice) => {
    const schemas = `components: { schemas: { B: {}, A: { properties: { a: ${schema} } } } }\n`;
    const problems = await problemsOf(`  /a: { get: { operationId: a, ${OK} } }\n${schemas}`);
    expect(problems).toEqual([expect.stringContaining(advice)]);
  });

  test("an operation behind a $ref", async () => {
    const paths = `  /a: { get: { $ref: "#/x-operations/a" } }\nx-operations: { a: { operationId: a, ${OK} } }\n`;
    expect(await problemsOf(paths)).toEqual([
      "5:14: OpenAPI allows no $ref in place of an operation: write it here, or refer to the whole path.",
    ]);
  });

  test("a $ref to another machine, which is not asked", async () => {
    const fetch = vi.spyOn(globalThis, "fetch");
    const schemas = 'components: { schemas: { A: { properties: { a: { $ref: "https://x.example/a.yaml" } } } } }\n';
    expect(await problemsOf(`  /a: { get: { operationId: a, ${OK} } }\n${schemas}`)).toEqual([
      "6:48: Can't resolve $ref: nothing is fetched from a network: download the file and refer to that.",
    ]);
    expect(fetch).not.toHaveBeenCalled();
  });
});
