import type { KonProConnectionError } from "./errors.js";
import type { Fetch } from "./options.js";
import { attempt, type Call, follow } from "./transport.js";

/** Time and chance, given from outside so that tests need not wait for them. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** At least 0, less than 1. */
  random(): number;
  /** Waits so many milliseconds; rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal: AbortSignal | null | undefined): Promise<void>;
}

/** Methods that may be repeated without a second effect. */
const IDEMPOTENT = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"];
/** Statuses after which another attempt may do better. 429 is a case of its own. */
const TRANSIENT = [408, 500, 502, 503, 504];
/** The longest `Retry-After` that is waited for, in seconds: beyond it, a caller is better served by an error. */
const LONGEST_WAIT = 60;

/** Makes attempts until one ends in an answer that no further attempt would better, or until there are no more. */
export async function withRetries<Answer extends { response: Response }>(
  call: Call & { readonly maxRetries: number; readonly body: unknown },
  run: (send: Fetch) => Promise<Answer>,
  clock: Clock,
): Promise<Answer> {
  const last = IDEMPOTENT.includes(call.method) && !isOneShot(call.body) ? call.maxRetries + 1 : 1;
  for (let number = 1; ; number++) {
    call.signal?.throwIfAborted();
    const outcome = await attempt(call, number, run);
    const delay = number < last ? retryDelay(outcome, number, clock) : undefined;
    if (delay !== undefined) await clock.sleep(delay, call.signal);
    else if ("answer" in outcome) return outcome.answer;
    else throw outcome.failure;
  }
}

/** How long to wait before the next attempt, in milliseconds; undefined when the outcome is final. */
export function retryDelay(
  outcome: { answer: { response: Response } } | { failure: KonProConnectionError },
  number: number,
  clock: Pick<Clock, "now" | "random">,
): number | undefined {
  if ("failure" in outcome) return backOff(number, clock.random());
  const { status, headers } = outcome.answer.response;
  if (status !== 429 && !TRANSIENT.includes(status)) return undefined;
  const seconds = parseRetryAfter(headers.get("retry-after"), clock.now());
  // Limits count per minute and per day: without word from the server, trying again would only use them up.
  if (seconds === undefined) return status === 429 ? undefined : backOff(number, clock.random());
  return seconds <= LONGEST_WAIT ? seconds * 1000 : undefined;
}

/** Full jitter: anything from 0 to 0.5 s · 2ⁿ⁻¹ after attempt n, and at most 8 s. */
export function backOff(number: number, random: number): number {
  return random * Math.min(8000, 500 * 2 ** (number - 1));
}

/** The seconds that a `Retry-After` header asks for, as a number or an HTTP date; undefined when it makes no sense. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  // Headers come trimmed. Date.parse alone takes almost anything for a date.
  if (header === null) return undefined;
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header);
  const date = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun).* GMT$/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** Whether a body can be sent only once: a stream, or what else is read bit by bit. */
function isOneShot(body: unknown): boolean {
  return typeof body === "object" && body !== null && (body instanceof ReadableStream || Symbol.asyncIterator in body);
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        unfollow();
        resolve();
      }, ms);
      const unfollow = follow(signal, () => {
        clearTimeout(timer);
        unfollow();
        reject(signal?.reason);
      });
    }),
};
