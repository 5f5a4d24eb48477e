// The violations that validators report, for every part of a schema; proof/ tests the verdicts.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { compileChecks } from "../../scripts/contract/checks.js";
import { readContract } from "../../scripts/contract/read.js";
import { validatorsModule } from "../../scripts/generate/validators.js";
import { type Checks, findViolation } from "../../src/check-response.js";
import { HEAD } from "./generator.js";

const DOCUMENT = `${HEAD}  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getThing
      responses:
        200: { description: x, content: { application/json: { schema: { $ref: "#/components/schemas/Thing" }, example: { id: ab, a/b~: null } } } }
        4XX: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteThing
      responses: { 204: { description: x }, default: { description: x, content: { application/json: { schema: { type: string }, example: x } } } }
components:
  responses:
    Problem: { description: x, content: { application/json: { schema: { type: object, required: [kind], properties: { kind: { type: string } } }, example: { kind: x } } } }
  schemas:
    Thing:
      type: object
      required: [id, a/b~]
      properties:
        id: { type: string, minLength: 2, pattern: '^[a-z\\p{L}]+$', description: Not checked., examples: [ab] }
        a/b~: { type: [integer, "null"], maximum: 9 }
        # Names that are also schema keywords.
        description: { type: string }
        x-note: { type: string }
        enum: { type: string, enum: [a, title] }
        fixed: { type: number, const: 1 }
        tags: { type: array, maxItems: 2, items: { type: string, format: some-future-format } }
        open: { type: string, x-extensible-enum: [one] }
        day: { type: string, format: date }
        byName: { type: object, additionalProperties: { type: number } }
        children: { type: array, items: { $ref: "#/components/schemas/Thing" } }
        shape: { oneOf: [{ $ref: "#/components/schemas/Circle" }, { $ref: "#/components/schemas/Square" }] }
        parent: { anyOf: [{ $ref: "#/components/schemas/Thing" }, { type: "null" }] }
    Circle: { type: object, required: [kind], properties: { kind: { type: string, const: circle } } }
    Square: { type: object, required: [kind], properties: { kind: { type: string, const: square } } }
`;

// Inside the project, so that the module can import Ajv's helpers.
await mkdir(".cache", { recursive: true });
const folder = await mkdtemp(join(process.cwd(), ".cache", "validators-"));
afterAll(() => rm(folder, { recursive: true }));

async function codeFor(document: string): Promise<string> {
  await writeFile(join(folder, "openapi.yaml"), document);
  return validatorsModule(compileChecks(await readContract(join(folder, "openapi.yaml"))));
}

const code = await codeFor(DOCUMENT);
await writeFile(join(folder, "validators.mjs"), code);
const { validators }: { validators: Checks } = await import(join(folder, "validators.mjs"));

describe("every part of a schema is checked", () => {
  const good = { id: "ab", "a/b~": null };
  test.each<[object, string | undefined]>([
    [{}, undefined],
    [{ id: "äöü", "a/b~": 9, unknown: 1, open: "two", tags: ["a", "b"], day: "2024-02-29" }, undefined],
    [{ fixed: 1, enum: "title", byName: { x: 1 }, shape: { kind: "square" }, parent: null }, undefined],
    [{ children: [{ ...good, children: [] }] }, undefined],
    [{ "a/b~": undefined }, "/a~1b~0 is missing"],
    [{ "a/b~": 10 }, "/a~1b~0 must be <= 9"],
    [{ id: "💶" }, "/id must NOT have fewer than 2 characters"],
    [{ id: "💶💶" }, '/id must match pattern "^[a-z\\p{L}]+$"'],
    [{ description: 1 }, "/description must be string"],
    [{ "x-note": 1 }, "/x-note must be string"],
    [{ enum: "c" }, '/enum must be one of "a", "title"'],
    [{ fixed: 2 }, "/fixed must be 1"],
    [{ tags: ["a", "a", "a"] }, "/tags must NOT have more than 2 items"],
    [{ day: "2023-02-29" }, '/day must match format "date"'],
    [{ byName: { "x/y~": "1" } }, "/byName/x~1y~0 must be number"],
    [{ children: [{ ...good, children: [{ ...good, id: 1 }] }] }, "/children/0/children/0/id must be string"],
    [{ shape: { kind: "other" } }, '/shape/kind must be "circle" or must be "square"'],
    [{ parent: { ...good, id: 1 } }, "/parent/id must be string"],
  ])("%j", (difference, expected) => {
    const found = findViolation("GET", "/things/{id}", 200, { ...good, ...difference }, validators);
    expect(found && `${found.pointer} ${found.message}`).toBe(expected);
  });
});

test.each<[string, number, unknown, string | undefined]>([
  ["GET", 404, { kind: "problem" }, undefined],
  ["GET", 499, {}, "is missing"],
  ["GET", 500, {}, "has status 500, which is not in the contract"],
  ["GET", 200, undefined, "must be JSON"],
  ["DELETE", 204, undefined, undefined],
  ["DELETE", 200, "text", "has status 200, which is not in the contract"],
  ["DELETE", 503, "text", undefined],
  ["DELETE", 503, 1, "must be string"],
])("%s %i %j", (method, status, body, expected) => {
  expect(findViolation(method, "/things/{id}", status, body, validators)?.message).toBe(expected);
});

test("the module does not depend on descriptions, shares functions, and uses neither eval nor require", async () => {
  expect(await codeFor(DOCUMENT.replace("title: T", "title: U").replace("Not checked.", "Reworded."))).toBe(code);
  expect(code.match(/const check\d+ =/g)).toHaveLength(3);
  expect(code).not.toMatch(/Not checked|require\(|new Function|eval\(/);
});
