import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { readContract, responsesOf } from "../../scripts/docs/contract.js";
import { samplesOf } from "../../scripts/docs/samples.js";
import { callsToTry, startPrism } from "../../scripts/mock.js";

const contract = await readContract("openapi.yaml");
const mock = await startPrism("openapi.yaml");
afterAll(() => mock.close());

test("the calls that the mock suggests succeed, or get the error that it names", async () => {
  const calls = callsToTry({ ...contract, server: mock.url }).filter((line) => line.startsWith("  curl "));
  const seen = await Promise.all(calls.map(statusOf));

  const [good, bad] = [seen.slice(0, contract.operations.length), seen.slice(contract.operations.length)];
  expect(good.filter((status) => !/^2\d\d$/.test(status))).toEqual([]);
  const declared = contract.operations.flatMap((operation) =>
    responsesOf(contract, operation).map(({ status }) => status),
  );
  expect(bad).toEqual([...new Set(declared)].filter((status) => /^[45]\d\d$/.test(status)).sort());
  expect(calls.slice(good.length).map((call) => call.split("# ")[1])).toEqual(bad);
});

test("each shell sample of the docs gets a 2xx response", async () => {
  const samples = contract.operations.flatMap((operation) => samplesOf(contract, operation));
  const commands = samples.flatMap(({ lang, source }) =>
    lang === "Shell" ? source.replaceAll(contract.server, mock.url) : [],
  );
  expect(commands).toHaveLength(contract.operations.length);
  for (const status of await Promise.all(commands.map(statusOf))) expect(status).toMatch(/^2\d\d$/);
});

async function statusOf(call: string): Promise<string> {
  const command = call.replace("curl", "curl --silent --output /dev/null --write-out '%{http_code}'");
  const { stdout } = await promisify(execFile)("sh", ["-c", command], {
    env: { ...process.env, KONPRO_API_KEY: "test-key-0000", NO_PROXY: "*" },
  });
  return stdout;
}
