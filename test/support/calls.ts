import type { KonProClientOptions } from "konpro-client";
import { operations } from "../../generated/operations.js";
import { connect } from "../../src/client.js";
import { type Clock, systemClock } from "../../src/retry.js";

/** An obvious fake, with characters that JSON and URLs write otherwise. */
export const KEY = 'fake/key-0000+"q"\\end';

/** When it is, for the clock below. */
export const NOW = Date.parse("Tue, 24 Nov 2026 12:00:00 GMT");

/** A clock that does not wait but notes how long it should have; half of every back-off's range is waited for. */
export function recordingClock() {
  const waits: number[] = [];
  const sleep = async (ms: number, signal: AbortSignal | null | undefined) => {
    signal?.throwIfAborted();
    waits.push(ms);
  };
  return { waits, now: () => NOW, random: () => 0.5, sleep };
}

const found = Object.entries(operations).find(([, { method, path }]) => method === "get" && !path.includes("{"));
if (!found) throw new Error("The contract has no GET operation without path parameters to test calls with.");

/** An operation of the contract that can be called without input. */
const [id, operation] = found;
export const { path } = operation;

/** How it is called in errors. */
export const WHERE = `GET ${path}`;

interface Result {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** A client with both styles of one call, whichever operation the contract has for it. */
export function connectTo(baseUrl: string, options: KonProClientOptions = {}, clock: Clock = systemClock) {
  const konpro = connect({ apiKey: KEY, baseUrl, ...options }, clock);
  const method: (init?: object) => Promise<unknown> = Reflect.get(konpro, id);
  const verb: (path: string, init?: object) => Promise<Result> = Reflect.get(konpro, "GET");
  return { konpro, method, GET: (init?: object) => verb(path, init) };
}
