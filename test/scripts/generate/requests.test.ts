// Checks of requests from a contract with what this API does not have yet.
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { compileChecks } from "../../../scripts/contract/checks.js";
import { readContract } from "../../../scripts/contract/read.js";
import { requestsModule } from "../../../scripts/generate/requests.js";

let file: string;
beforeAll(async () => {
  file = join(await mkdtemp(join(tmpdir(), "requests-")), "openapi.json");
});

/** A contract with a POST. */
async function contractWith(operation: object) {
  const paths = { "/a": { post: { operationId: "a", responses: { 204: { description: "Done." } }, ...operation } } };
  const info = { title: "T", version: "1.0.0" };
  const servers = [{ url: "https://api.example" }];
  await writeFile(file, JSON.stringify({ openapi: "3.1.0", info, servers, paths }, null, 1));
  return readContract(file);
}

describe("checks of requests", () => {
  test("of parameters and of a body", async () => {
    const contract = await contractWith({
      parameters: [{ name: "p", in: "query", schema: { type: "array", items: { type: "string" } } }],
      requestBody: { required: true, content: { "application/json": { schema: { type: "string" } } } },
    });
    const code = requestsModule(contract, compileChecks(contract));
    expect(code).toContain(
      'a: { parameters: [["query","p","list"]], check: parameterChecks.check0, body: { type: "application/json", isRequired: true, check: bodyChecks.check0 } },',
    );
    expect(code).not.toContain("missingProperty");
  });
});
