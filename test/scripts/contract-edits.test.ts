// Editing openapi.yaml and regenerating breaks only tests whose names say that they are about this API.
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { Document, parseDocument } from "yaml";

const run = promisify(execFile);

/** The tests about this API: the vendor's page, and the fields of webhook endpoints and events. */
const ABOUT_THIS_API = ["**/vendor-page.test.ts", "**/webhook-*.test.ts"];

const json = (schema: object, example: unknown) => ({
  "application/json": { schema, examples: { one: { value: example } } },
});
const failed = { $ref: "#/components/responses/UnexpectedError" };
const operation = (operationId: string, more: object) => ({
  operationId,
  tags: ["Webhook endpoints"],
  summary: `Call ${operationId}`,
  ...more,
});
const id = { name: "id", in: "path", required: true, schema: { type: "string" }, example: "video_1" };
const video = { type: "object", required: ["id"], properties: { id: { type: "string" } } };

/** Adds operations of new kinds, renames and removes one, makes a field optional and removes another. */
function edit(contract: Document): void {
  contract.setIn(["paths", "/v1/videos/{id}"], {
    parameters: [id],
    get: operation("getVideo", {
      responses: { 200: { description: "A video.", content: json(video, { id: "video_1" }) }, default: failed },
    }),
    put: operation("replaceVideo", {
      requestBody: { required: true, content: json(video, { id: "video_1" }) },
      responses: { 202: { description: "Accepted." }, default: failed },
    }),
    delete: operation("removeVideo", { responses: { 204: { description: "Gone." }, default: failed } }),
  });
  contract.setIn(["paths", "/v1/status"], {
    get: operation("getStatus", {
      security: [],
      parameters: [{ name: "deep", in: "query", schema: { type: "boolean" } }],
      responses: { 200: { description: "Up.", content: json({ type: "object" }, { up: true }) }, default: failed },
    }),
  });
  contract.setIn(["paths", "/v1/webhook/endpoint.delete", "delete", "operationId"], "removeWebhookEndpoint");
  contract.deleteIn(["paths", "/v1/webhook/endpoint.update"]);
  contract.deleteIn(["components", "schemas", "WebhookEndpointUpdate"]);
  contract.setIn(["components", "schemas", "WebhookEndpoint", "properties", "space_id"], {
    description: "The space it belongs to.",
    type: "string",
    examples: ["space_1"],
  });
  contract.deleteIn(["components", "schemas", "DeletedWebhookEndpoint", "properties", "message"]);
  contract.setIn(
    ["components", "schemas", "DeletedWebhookEndpoint", "required"],
    ["endpoint_id", "status", "deleted_at"],
  );
}

test("after many kinds of edits, all other contract tests pass", async () => {
  const folder = await mkdtemp(join(tmpdir(), "contract-edits-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { stdout } = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
  for (const file of stdout.split("\0").filter(Boolean)) {
    await cp(file, join(folder, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error; // deleted, but still in the index
    });
  }
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  const file = join(folder, "openapi.yaml");
  const contract = parseDocument(await readFile(file, "utf8"));
  edit(contract);
  // Without aliases for the objects that the edits share, which the generator rejects.
  await writeFile(file, new Document(contract.toJS(), { aliasDuplicateObjects: false }).toString());

  const node = (...words: string[]) =>
    run(process.execPath, words, { cwd: folder, maxBuffer: 1e8 }).catch((error) => {
      throw new Error(`${words.join(" ")} failed:\n${error.stdout}\n${error.stderr}`);
    });
  await node("--import", "jiti/register", "scripts/generate.ts");
  // Unit tests use their own contract (see vitest.config.ts).
  const excluded = ABOUT_THIS_API.flatMap((glob) => ["--exclude", glob]);
  const { stdout: report } = await node("node_modules/vitest/vitest.mjs", "run", "--project", "contract", ...excluded);
  expect(report).toMatch(/Tests .* passed/);
});
