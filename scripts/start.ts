// Runs an example: against the real API where KONPRO_API_KEY is set, else against a mock.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startMock } from "./mock.js";

const [program = ""] = process.argv.slice(2);
const example = pathToFileURL(resolve(program)).href;

if (process.env.KONPRO_API_KEY) {
  console.log(`Asking ${process.env.KONPRO_BASE_URL ?? "the real API"} with the key from KONPRO_API_KEY`);
  await import(example);
} else {
  const mock = await startMock("openapi.yaml");
  console.log(`Asking a mock at ${mock.url}; set KONPRO_API_KEY to ask the real API`);
  process.env.KONPRO_API_KEY = "mock-key";
  process.env.KONPRO_BASE_URL = mock.url;
  await import(example).finally(() => mock.close());
}
