import { vi } from "vitest";
import { retryDelay } from "../../src/call/retry.js";

/** What a server does with one request. */
export type Step = () => unknown;

export const good = async () => Response.json({ ok: true });

export const status =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    Response.json({}, { status, headers });

/** The wait after a 429 that asks for so many seconds. */
export const waitAfter = (seconds: number, random = 0.5) => {
  const response = status(429, { "retry-after": `${seconds}` })();
  return retryDelay({ result: { response } }, 1, { now: () => 0, random: () => random });
};

export const lost = () => Promise.reject(new TypeError("fetch failed"));

/** A body that breaks off after so many pieces. */
export const cut =
  (pieces: number, status = 200) =>
  () => {
    let left = pieces;
    const pull = (controller: ReadableStreamDefaultController) => {
      if (left-- > 0) controller.enqueue(new TextEncoder().encode("["));
      else controller.error(new TypeError("terminated"));
    };
    return new Response(new ReadableStream({ pull }), { status });
  };

/** The API as a function: it meets the first request with the first step, and so on; the last one goes on. */
export function api(...steps: Step[]) {
  const fetch = vi.fn(async (_request: Request, _init?: RequestInit) => {
    const step = steps[fetch.mock.calls.length - 1] ?? steps.at(-1) ?? good;
    return (await step()) as Response; // some steps are wrong on purpose
  });
  return fetch;
}
