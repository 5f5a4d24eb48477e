// A mock of the API: Prism answers from the contract itself. For tests in a program there is createMockApi, which needs no server.
import { parseArgs } from "node:util";
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { responsesOf } from "./contract/document.js";
import { readContract } from "./contract/read.js";
import { isProgram, orUsage } from "./usage.js";

export interface Mock {
  url: string;
  close(): Promise<void>;
}

/**
 * Starts a mock on this machine.
 *
 * @param spec - the OpenAPI description it answers from
 * @param options.port - 0 takes any free one
 * @param options.dynamic - random bodies that fit the schemas, instead of the examples
 * @param options.errors - a request that breaks the contract gets an error
 */
export async function startPrism(
  spec: string,
  { port = 0, dynamic = false, errors = true }: { port?: number; dynamic?: boolean; errors?: boolean } = {},
): Promise<Mock> {
  const server = createServer(await getHttpOperationsFromSpec(spec), {
    cors: true,
    components: { logger: createLogger("mock", { level: "silent" }) },
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors,
      upstreamProxy: undefined,
      mock: { dynamic },
    },
  });
  return { url: await server.listen(port, "127.0.0.1"), close: () => server.close() };
}

const SPEC = "openapi.yaml";

const USAGE = `Usage: npm run mock [-- --port N] [-- --dynamic]
  --port N   where to listen (default: 4010)
  --dynamic  answer with random bodies that fit the schemas, not with the examples`;

function readArguments() {
  const { port, dynamic } = parseArgs({
    options: { port: { type: "string", default: "4010" }, dynamic: { type: "boolean", default: false } },
  }).values;
  if (!/^\d+$/.test(port) || Number(port) > 65_535) {
    throw new Error(`--port is ${port}; it must be a number from 0 to 65535`);
  }
  return { port: Number(port), dynamic };
}

async function main(): Promise<void> {
  const options = await orUsage(USAGE, readArguments);
  if (!options) {
    process.exitCode = 2;
    return;
  }
  const { url } = await startPrism(SPEC, options);
  console.log(`The mock is at ${url} and accepts any key; stop it with Ctrl+C. Calls to try:`);
  const contract = await readContract(SPEC);
  for (const operation of contract.operations) {
    const failure = responsesOf(contract, operation).find(({ status }) => /^[45]\d\d$/.test(status));
    const prefer = failure ? ` -H "Prefer: code=${failure.status}"` : "";
    const key = `-H "${contract.keyHeader}: any"`;
    console.log(`  curl -X ${operation.method.toUpperCase()} ${key}${prefer} ${url}${operation.path}`);
  }
}

if (isProgram(import.meta.url)) await main();
