// A mock server: Prism responds with the contract's examples. Programs' tests can use createMockApi, which needs no server.
import { parseArgs } from "node:util";
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { responsesOf } from "./contract/document.js";
import { type Contract, readContract } from "./contract/read.js";
import { mockCall } from "./docs/samples.js";
import { program, start } from "./program.js";

export interface Mock {
  url: string;
  close(): Promise<void>;
}

/**
 * Starts a local mock.
 *
 * @param spec - the OpenAPI description of the API
 * @param options.port - 0 picks a free port
 * @param options.dynamic - respond with random bodies that match the schemas, not with the examples
 * @param options.errors - respond with an error to requests that break the contract
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
  --dynamic  respond with random bodies that match the schemas, not with the examples`;

function readArguments(args: string[]) {
  const { port, dynamic } = parseArgs({
    args,
    options: { port: { type: "string", default: "4010" }, dynamic: { type: "boolean", default: false } },
  }).values;
  if (!/^\d+$/.test(port) || Number(port) > 65_535) {
    throw new Error(`--port is ${port}; it must be a number from 0 to 65535`);
  }
  return { port: Number(port), dynamic };
}

export const main = program(USAGE, readArguments, async (options) => {
  const contract = await readContract(SPEC);
  const { url } = await startPrism(SPEC, options);
  console.log(`The mock is listening at ${url}. It accepts any key and is stateless. Press Ctrl+C to stop it.`);
  for (const line of callsToTry({ ...contract, server: url })) console.log(line);
  return 0;
});

/** Commands to copy: one per operation, then one per error status. */
export function callsToTry(contract: Contract): string[] {
  const errors = new Map<string, string>();
  for (const operation of contract.operations) {
    for (const { status } of responsesOf(contract, operation).filter(({ status }) => /^[45]\d\d$/.test(status))) {
      errors.set(status, errors.get(status) ?? `${mockCall(contract, operation)} --header 'Prefer: code=${status}'`);
    }
  }
  return [
    "\nCalls that succeed:",
    ...contract.operations.map((operation) => `  ${mockCall(contract, operation)}`),
    "\nCalls that get an error response, selected with the Prefer header:",
    ...[...errors].sort().map(([status, call]) => `  ${call} # ${status}`),
  ];
}

await start(import.meta.url, main);
