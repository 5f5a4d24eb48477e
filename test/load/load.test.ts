import { getEventListeners } from "node:events";
import { isDeepStrictEqual } from "node:util";
import { KonProApiError, KonProConnectionError, KonProResponseError } from "konpro-client";
import { expect, test, vi } from "vitest";
import { connectTo, recordingClock } from "../support/client.js";
import {
  answer,
  end,
  gzip,
  head,
  headerOf,
  type Reaction,
  redirect,
  reset,
  startFaultServer,
} from "../support/fault-server.js";
import { collectGarbage } from "../support/leaks.js";

const CALLS = 4_000;
const IN_FLIGHT = 100;
const SEED = 20_261_124;

/** What harm there is, and the error that it is in the end; undefined where it is tried again. */
const HARMS: { harm: Reaction; retried: boolean; error: abstract new (...args: never[]) => Error }[] = [
  { harm: reset(), retried: true, error: KonProConnectionError },
  { harm: end(), retried: true, error: KonProConnectionError },
  { harm: end("garbage\r\n\r\n"), retried: true, error: KonProConnectionError },
  { harm: end(head(200, { "content-length": 99 }), "{"), retried: true, error: KonProConnectionError },
  { harm: end(head(404, { "content-length": 99 }), "{"), retried: true, error: KonProConnectionError },
  { harm: end(head(200, { "transfer-encoding": "chunked" }), "9\r\n{"), retried: true, error: KonProConnectionError },
  { harm: gzip(200, "", () => "bad gzip"), retried: true, error: KonProConnectionError },
  { harm: answer(503, "{}"), retried: true, error: KonProApiError },
  { harm: answer(429, "{}", { "retry-after": 1 }), retried: true, error: KonProApiError },
  { harm: answer(404, "{}"), retried: false, error: KonProApiError },
  { harm: answer(200, "<p>"), retried: false, error: KonProResponseError },
  { harm: redirect(302, "https://elsewhere.example/"), retried: false, error: KonProConnectionError },
];

/** The same numbers from 0 to 1 in each run (a linear congruential generator). */
function randomNumbers(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How many handles of a kind hold the process. */
const open = (kind: RegExp) => process.getActiveResourcesInfo().filter((name) => kind.test(name)).length;

async function heap() {
  // What one collection frees may hold more that the next one frees.
  for (let round = 0; round < 5; round++) {
    collectGarbage();
    await new Promise(setImmediate);
  }
  return process.memoryUsage().heapUsed;
}

test(`${CALLS} calls, every tenth one harmed`, async () => {
  const random = randomNumbers(SEED);
  /** For each call, what was done to its attempts: undefined is no harm. */
  const attempts = new Map<number, ((typeof HARMS)[number] | undefined)[]>();
  const react: Reaction = (socket, request) => {
    const call = Number(headerOf(request, "x-call"));
    const harm = random() < 0.1 ? HARMS[Math.floor(random() * HARMS.length)] : undefined;
    attempts.set(call, [...(attempts.get(call) ?? []), harm]);
    (harm?.harm ?? answer(200, JSON.stringify({ call })))(socket, request);
  };
  const warnings: string[] = [];
  const note = (warning: Error) => warnings.push(warning.name);
  process.on("warning", note);

  const [socketsBefore, timersBefore] = [open(/TCP/), open(/Timeout/)];
  const started = process.cpuUsage();
  const { signal } = new AbortController();
  const outcomes = new Map<number, unknown[]>();
  let heapBefore = 0;
  {
    await using server = await startFaultServer(react);
    const { method } = connectTo(server.url, {}, recordingClock());
    let next = 0;
    const makeCalls = async (end: number) => {
      while (next < end) {
        const call = next++;
        const outcome = await method({ signal, headers: { "x-call": call } }).catch((error: unknown) => error);
        outcomes.set(call, [...(outcomes.get(call) ?? []), outcome]);
      }
    };
    const makeCallsTo = (end: number) => Promise.all(Array.from({ length: IN_FLIGHT }, () => makeCalls(end)));
    await makeCallsTo(CALLS / 10); // the code is compiled and the connections are open
    heapBefore = await heap();
    await makeCallsTo(CALLS);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  }
  process.off("warning", note);

  expect(warnings).toEqual([]);
  expect(outcomes.size).toBe(CALLS);
  const wrong = [...outcomes].filter(([call, [outcome, ...more]]) => {
    const harms = attempts.get(call) ?? [];
    const last = harms.at(-1);
    const rightEnd = last ? outcome instanceof last.error : isDeepStrictEqual(outcome, { call });
    // Only what was harmed in a way that is worth another try got one, and two more at most.
    const rightAttempts =
      harms.slice(0, -1).every((harm) => harm?.retried) && (last?.retried ? harms.length === 3 : harms.length <= 3);
    return more.length > 0 || !rightEnd || !rightAttempts;
  });
  expect(wrong).toEqual([]);
  const harmed = [...attempts.values()].flat().filter(Boolean).length;
  expect(harmed / CALLS).toBeCloseTo(0.1, 1);

  attempts.clear();
  outcomes.clear();
  await vi.waitFor(() => expect(open(/TCP/)).toBe(socketsBefore), 60_000);
  expect(open(/Timeout/)).toBeLessThanOrEqual(timersBefore);
  const growth = (await heap()) - heapBefore;
  const { user, system } = process.cpuUsage(started);
  console.log(`${harmed} attempts harmed, ${(user + system) / 1e6} s of CPU, heap grown by ${growth} bytes`);
  expect(growth).toBeLessThan(5_000_000);
});
