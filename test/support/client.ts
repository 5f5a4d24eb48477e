import type { KonProClientOptions } from "konpro-client";
import type { Client } from "openapi-fetch";
import { type Clock, systemClock } from "../../src/call/retry.js";
import { connect } from "../../src/client.js";

/** An obvious fake, with characters that JSON and URLs escape. */
export const KEY = 'fake/key-0000+"q"\\end';

/** A server that does not exist, for tests that hand over their own `fetch`. */
export const BASE_URL = "https://api.example";

/** The time of the clock below. */
export const NOW = Date.parse("Tue, 24 Nov 2026 12:00:00 GMT");

/** A clock that records each wait instead of waiting; every random delay is half of its range. */
export function recordingClock() {
  const waits: number[] = [];
  const sleep = async (ms: number, signal: AbortSignal | null | undefined) => {
    signal?.throwIfAborted();
    waits.push(ms);
  };
  return { waits, now: () => NOW, random: () => 0.5, sleep };
}

/** The path of `listThings`, the operation of test/support/things.yaml that most tests call. */
export const path = "/things";

interface Result {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** A client with both styles of one call: the method, which throws, and GET, which does not. */
export function connectTo(baseUrl: string, options: KonProClientOptions = {}, clock: Clock = systemClock) {
  const konpro = connect({ apiKey: KEY, baseUrl, maxRetries: 2, ...options }, clock);
  const methods: object = konpro;
  // The compiler knows the operations of openapi.yaml, but these tests run on the fixture's.
  const { listThings, GET } = methods as {
    listThings: (init?: object) => Promise<unknown>;
    GET: (path: string, init?: object) => Promise<Result>;
  };
  return { konpro, method: listThings, GET: (init?: object) => GET(path, init) };
}

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

/** The client under test for any path, with a clock that records waits. */
export function anyClient(options: KonProClientOptions = {}, clock: Clock = recordingClock()): AnyClient {
  const client: object = connect({ apiKey: KEY, baseUrl: BASE_URL, maxRetries: 2, ...options }, clock);
  // The client works for any path at run time, though its types only know those of a contract.
  return client as AnyClient;
}

/** What a call was rejected with; fails the test if it was not. */
export async function failureOf(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const value = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in value) return Object(value.error);
  throw new Error(`The call did not fail, but gave ${JSON.stringify(value.value)}`);
}
