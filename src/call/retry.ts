import { attempt, type Call, type Outcome, type Result, type Run } from "./attempt.js";
import { follow } from "./deadline.js";
import { IDEMPOTENT } from "./send.js";

/** Time and randomness, replaced in tests so that they need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** At least 0, less than 1. */
  random(): number;
  /** Waits so many milliseconds; rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal: AbortSignal | null | undefined): Promise<void>;
}

/** Statuses after which another attempt may help; those from 520 on come from proxies. 429 has a rule of its own. */
export const TRANSIENT = [408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529];

/** The longest wait that the API may ask for, in seconds: beyond a minute, a caller is better served by an error. */
export const LONGEST_RETRY_AFTER = 60;

/** Makes attempts until another one would not help, or none are left. */
export async function withRetries(call: Call, run: Run, clock: Clock): Promise<Result> {
  const { signal, onAttempt } = call.options;
  for (;;) {
    if (signal?.aborted) throw signal.reason;
    call.attempts++;
    const started = performance.now();
    const outcome = await attempt(call, run);
    const { result, error, status } = outcome;
    const wait = mayRepeat(call) ? retryDelay(outcome, call.attempts, clock) : undefined;
    const duration = performance.now() - started;
    await onAttempt?.({ operation: call.target.id, number: call.attempts, status, error, duration, wait });
    if (wait !== undefined) await clock.sleep(wait, signal);
    else if (result) return result;
    else throw error;
  }
}

/** What was sent counts: a middleware may have changed the method, or sent requests of its own. */
const mayRepeat = ({ method, isUnsafe, attempts, options: { maxRetries = 2, body } }: Call) =>
  attempts <= maxRetries && !isUnsafe && IDEMPOTENT.includes(method) && !isStream(body);

/** Whether a body can be sent only once: a stream or another async iterable. */
const isStream = (body: unknown) => "getReader" in Object(body) || Symbol.asyncIterator in Object(body);

/** How long to wait before the next attempt, in milliseconds; undefined when the outcome is final. */
export function retryDelay(outcome: Outcome, number: number, clock: Pick<Clock, "now" | "random">): number | undefined {
  const { result, isLost } = outcome;
  if (!result) return isLost ? backOff(number, clock.random()) : undefined;
  const { status, headers } = result.response;
  if (status !== 429 && !TRANSIENT.includes(status)) return undefined;
  const seconds = parseRetryAfter(headers, clock.now());
  // Limits count per minute and per day: unless the server says when, trying again would only use them up.
  if (seconds === undefined && status === 429) return undefined;
  if (!seconds) return backOff(number, clock.random()); // "0" and a past date only say that trying again is fine
  // All clients are told the same number, and must not come back at the same moment.
  return seconds <= LONGEST_RETRY_AFTER ? seconds * 1000 + clock.random() * Math.max(500, seconds * 100) : undefined;
}

/** Full jitter: anything from 0 to 0.5 s · 2ⁿ⁻¹ after attempt n, and at most 8 s. */
export const backOff = (number: number, random: number) => random * Math.min(8000, 500 * 2 ** (number - 1));

/**
 * The seconds that `Retry-After` asks for, as a number or an HTTP date; undefined when it makes no sense. A date is measured
 * against the server's own `Date`, since the client's clock may be wrong.
 */
export function parseRetryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after") ?? "";
  if (/^\d+(\.\d+)?(,|$)/.test(value)) return Number.parseFloat(value); // a proxy may repeat the header
  const until = parseDate(value);
  return until === undefined
    ? undefined
    : Math.max(0, Math.ceil((until - (parseDate(headers.get("date")) ?? now)) / 1000));
}

/** An HTTP date. `Date.parse` alone takes almost anything for a date. */
function parseDate(text: string | null): number | undefined {
  const date = Date.parse(/^[A-Z][a-z]+, .* GMT$/.exec(text ?? "")?.[0] ?? "");
  return Number.isNaN(date) ? undefined : date;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) throw signal.reason;
      const timer = setTimeout(() => {
        unfollow();
        resolve();
      }, ms);
      const unfollow = follow(signal, (reason) => {
        clearTimeout(timer);
        unfollow();
        reject(reason);
      });
    }),
};
