// Generates and builds the client and runs an example: against the real API if KONPRO_API_KEY is set, otherwise against a mock.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { buildPackage } from "./build.js";
import { main as generate } from "./generate.js";
import { startPrism } from "./mock.js";
import { program, start } from "./program.js";

const EXAMPLE = "examples/list-webhook-endpoints.ts";

const USAGE = `Usage: npm start
Generates and builds the client and runs ${EXAMPLE}:
against the API if KONPRO_API_KEY is set, otherwise against a mock.`;

const NEXT = `
What to try next:
  change ${EXAMPLE} and run npm start again
  npm run mock                   keeps the mock running, with calls to try in another terminal
  KONPRO_API_KEY=... npm start   calls the real API`;

const read = (args: string[]) => parseArgs({ args });

export const main = program(USAGE, read, async () => {
  console.log("Generating the client from openapi.yaml");
  const code = await generate([]);
  if (code !== 0) return code;
  console.log("Building the package into dist/");
  await buildPackage();
  await runExample();
  if (!process.exitCode) console.log(NEXT);
  return Number(process.exitCode ?? 0);
});

async function runExample(): Promise<void> {
  const example = pathToFileURL(resolve(EXAMPLE)).href;
  if (process.env.KONPRO_API_KEY) {
    const server = process.env.KONPRO_BASE_URL ? "the server in KONPRO_BASE_URL" : "the real API";
    console.log(`Running ${EXAMPLE} against ${server}, with KONPRO_API_KEY`);
    await import(example);
    return;
  }
  console.log(`Starting a mock of the API and running ${EXAMPLE} against it`);
  const mock = await startPrism("openapi.yaml");
  process.env.KONPRO_API_KEY = "mock-key";
  process.env.KONPRO_BASE_URL = mock.url;
  await import(example).finally(() => mock.close());
}

await start(import.meta.url, main);
