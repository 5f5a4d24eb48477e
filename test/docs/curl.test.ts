// Each sample for the shell in the contract runs, against a mock in place of the API.
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readContract } from "../../scripts/contract.js";
import { type Mock, startMock } from "../../scripts/mock.js";

const { document, operations, server } = await readContract("openapi.yaml");
const samples = operations.flatMap(({ id, method, path }) => {
  const { responses, "x-codeSamples": all = [] } = Object(document.paths)[path][method];
  const success = Object.keys(responses).find((status) => status.startsWith("2")) ?? "";
  const [example] = Object.values<{ value: unknown }>(responses[success]?.content["application/json"].examples);
  return all
    .filter(({ lang }: { lang: string }) => lang === "Shell")
    .map(({ source }: { source: string }) => ({ id, source, answer: example?.value }));
});

let mock: Mock;
beforeAll(async () => {
  if (spawnSync("curl", ["--version"]).error) {
    throw new Error("There is no curl: install it (Debian and Ubuntu: apt-get install curl).");
  }
  mock = await startMock("openapi.yaml");
}, 60_000);
afterAll(() => mock?.close());

test("there are samples", () => expect(samples).not.toEqual([]));

test.each(samples)("the sample of $id gets the first example", async ({ source, answer }) => {
  expect(source).toContain(server);
  const { stdout } = await promisify(execFile)("sh", ["-c", source.replaceAll(server, mock.url)], {
    env: { ...process.env, KONPRO_API_KEY: "test-key-0000", NO_PROXY: "*" },
    timeout: 30_000,
  });
  expect(JSON.parse(stdout)).toEqual(answer);
});
