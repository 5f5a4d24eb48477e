// Which response of an operation is checked by which schema; proof/ tests the verdicts, test/unit/violation.test.ts the messages.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
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
        id: { type: string, description: Not checked., examples: [ab] }
        a/b~: { type: [integer, "null"] }
        children: { type: array, items: { $ref: "#/components/schemas/Thing" } }
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

test.each<[string, number, unknown, string | undefined]>([
  ["GET", 404, { kind: "problem" }, undefined],
  ["GET", 499, {}, "is missing"],
  ["GET", 500, {}, "has status 500, which is not in the contract"],
  ["GET", 200, undefined, "must be JSON"],
  ["GET", 200, { id: "ab", "a/b~": null, children: [{ id: 1, "a/b~": 1 }] }, "must be string"],
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
