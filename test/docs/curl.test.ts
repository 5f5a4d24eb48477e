// Each sample for the shell runs, against a mock in place of the API.
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { examplesOf, readContract, responsesOf } from "../../scripts/docs/contract.js";
import { samplesOf } from "../../scripts/docs/samples.js";
import { type Mock, startPrism } from "../../scripts/mock.js";

const contract = await readContract("openapi.yaml");
const samples = contract.operations.flatMap((operation) => {
  const success = responsesOf(contract, operation).find(({ status }) => status.startsWith("2"));
  const answer = success?.mediaType && examplesOf(contract.document, success.media)[0]?.value;
  return samplesOf(contract, operation)
    .filter(({ lang }) => lang === "Shell")
    .map(({ source }) => ({ id: operation.id, source, answer }));
});

let mock: Mock;
beforeAll(async () => {
  if (spawnSync("curl", ["--version"]).error) {
    throw new Error("There is no curl: install it (Debian and Ubuntu: apt-get install curl).");
  }
  mock = await startPrism("openapi.yaml");
});
afterAll(() => mock?.close());

test("there is a sample for each operation", () => {
  expect(samples.map(({ id }) => id)).toEqual(contract.operations.map(({ id }) => id));
});

test.each(samples)("the sample of $id gets the first example", async ({ source, answer }) => {
  expect(source).toContain(contract.server);
  const { stdout } = await promisify(execFile)("sh", ["-c", source.replaceAll(contract.server, mock.url)], {
    env: { ...process.env, KONPRO_API_KEY: "test-key-0000", NO_PROXY: "*" },
    timeout: 30_000,
  });
  expect(stdout && JSON.parse(stdout)).toEqual(answer ?? "");
});
