// The one hook: what it is told after each attempt, and what it can do about it.
import { type AttemptInfo, type KonProClientOptions, KonProConnectionError, KonProResponseError } from "konpro-client";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { backOff, systemClock } from "../../src/call/retry.js";
import { api, cut, good, lost, type Step, status } from "../support/api.js";
import { anyClient, BASE_URL, connectTo, failureOf, recordingClock } from "../support/client.js";

const busy = status(503);

/** A client, and what its hook was told of the calls so far. */
function watched(steps: Step[], options: KonProClientOptions = {}) {
  const told: AttemptInfo[] = [];
  const fetch = api(...steps);
  const onAttempt = (attempt: AttemptInfo) => void told.push(attempt);
  return { told, fetch, ...connectTo(BASE_URL, { fetch, onAttempt, ...options }, recordingClock()) };
}

describe("each attempt is reported", () => {
  test("with its number, its status or error, and the wait before the next one", async () => {
    const { method, told } = watched([busy, lost, good]);
    await method();
    const [operation, duration] = ["listThings", expect.any(Number)];
    const [none, error] = [undefined, expect.any(KonProConnectionError)];
    expect(told, "all members are there").toStrictEqual([
      { operation, number: 1, duration, status: 503, error: none, wait: backOff(1, 0.5) },
      { operation, number: 2, duration, status: none, error, wait: backOff(2, 0.5) },
      { operation, number: 3, duration, status: 200, error: none, wait: none },
    ]);
  });

  test("the last one without a wait, also where the call fails", async () => {
    const { method, told } = watched([busy, busy], { maxRetries: 1 });
    await failureOf(method());
    expect(told.map(({ wait }) => wait)).toEqual([backOff(1, 0.5), undefined]);
  });

  test("with the operation's id in both styles, and with method and path where the contract has none", async () => {
    const onAttempt = vi.fn();
    const { GET, POST } = anyClient({ fetch: async () => good(), onAttempt });
    await GET("/things");
    await POST("/things", { body: {} });
    await GET("/elsewhere/{id}", { params: { path: { id: 1 } } });
    expect(onAttempt.mock.calls.map(([{ operation }]) => operation)).toEqual([
      "listThings",
      "createThing",
      "GET /elsewhere/{id}",
    ]);
  });

  test("with the milliseconds that it took, the wait not counted", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const fetch = () => new Promise<Response>((resolve) => setTimeout(() => resolve(busy()), 30));
    const onAttempt = vi.fn();
    const call = failureOf(connectTo(BASE_URL, { fetch, onAttempt, maxRetries: 1 }, systemClock).method());
    await vi.runAllTimersAsync();
    await call;
    expect(onAttempt.mock.calls.map(([{ duration }]) => duration)).toEqual([30, 30]);
  });

  test("with status and error where a response cannot be used", async () => {
    const html = () => new Response("<p>");
    const empty = () => new Response("");
    const { method, told } = watched([cut(0, 404), html, empty]);
    await failureOf(method());
    await failureOf(method());
    expect(told).toMatchObject([
      { number: 1, status: 404, error: expect.any(KonProConnectionError), wait: backOff(1, 0.5) },
      { number: 2, status: 200, error: expect.any(KonProResponseError) },
      { number: 1, status: 200, error: expect.any(KonProResponseError) },
    ]);
  });

  test("with the error that is thrown in the end", async () => {
    const { method, told } = watched([lost], { maxRetries: 0 });
    expect(await failureOf(method())).toBe(told[0]?.error);
  });

  test("also if the caller aborts it, but none that was not made", async () => {
    const controller = new AbortController();
    const abort = () => {
      controller.abort(new Error("enough"));
      return new Promise<Response>(() => {});
    };
    const { method, told } = watched([abort]);
    for (let call = 0; call < 2; call++) {
      await expect(method({ signal: controller.signal })).rejects.toThrow("enough");
    }
    expect(told).toMatchObject([{ number: 1, error: controller.signal.reason }]);
  });
});

describe("the hook", () => {
  const stop = new Error("stop");
  test.each([
    [
      "throws",
      () => {
        throw stop;
      },
    ],
    ["rejects", () => Promise.reject(stop)],
  ])("that %s ends the call with that very error, whatever the attempt came to", async (_, onAttempt) => {
    for (const step of [good, busy, lost]) {
      const { method, GET, fetch } = watched([step, step], { onAttempt });
      await expect(method()).rejects.toBe(stop);
      await expect(GET()).rejects.toBe(stop);
      expect(fetch).toHaveBeenCalledTimes(2);
    }
  });

  test("is awaited before the next attempt, and before the call ends", async () => {
    const events: string[] = [];
    const fetch = async () => {
      events.push("attempt");
      return busy();
    };
    const onAttempt = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      events.push("told");
    };
    const { method } = watched([], { fetch, onAttempt, maxRetries: 1 });
    await failureOf(method());
    expect(events).toEqual(["attempt", "told", "attempt", "told"]);
  });

  test("of one call takes the place of the client's", async () => {
    const { method, told } = watched([good, good]);
    const own = vi.fn();
    await method({ onAttempt: own });
    expect([own.mock.calls.length, told.length]).toEqual([1, 0]);
    await method();
    expect([own.mock.calls.length, told.length]).toEqual([1, 1]);
  });
});
