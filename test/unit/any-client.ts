import type { Client } from "openapi-fetch";
import { connect } from "../../src/client.js";
import type { KonProClientOptions } from "../../src/index.js";
import type { Clock } from "../../src/retry.js";

export const baseUrl = "https://api.example";
export const apiKey = "kp_test_0123456789";

interface AnyOperation {
  parameters: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: Record<string, unknown> };
  requestBody?: { content: { "*/*": unknown } };
  responses: { 200: { content: { "*/*": unknown } }; default: { content: { "*/*": unknown } } };
}

type Method = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";

/** Operations of every method and shape, at every path. */
export type AnyPaths = Record<string, Record<Method, AnyOperation>>;

/** openapi-fetch's client of any operation. It takes any option too, so `timeout` and `maxRetries` fit. */
export type AnyClient = Client<AnyPaths>;

/** Time that passes at once, and the longest delay that chance allows. */
export const instantClock = (): Clock & { slept: number[] } => {
  const slept: number[] = [];
  return {
    slept,
    now: () => Date.UTC(2026, 0, 1),
    random: () => 0.999,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
    },
  };
};

/** The client under test, its back-off skipped, with a key and a server that does not exist. */
export function anyClient(options: KonProClientOptions = {}, clock: Clock = instantClock()): AnyClient {
  const client: object = connect({ apiKey, baseUrl, ...options }, clock);
  // The contract has not an operation for each thing that openapi-fetch can do; what a client does at run time depends on none.
  return client as AnyClient;
}
