import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../../src/client.js";
import {
  KonProApiError,
  KonProConnectionError,
  KonProError,
  KonProResponseError,
  KonProTimeoutError,
} from "../../src/errors.js";
import type { KonProClientOptions } from "../../src/options.js";
import { backOff, parseRetryAfter, retryDelay } from "../../src/retry.js";

const KEY = "test-key-0123456789";
const good = () => Response.json({ data: [] });

/** A client whose waits are over at once, with the requests it made and the waits it would have made. */
function setup(answers: (() => Response | Promise<Response>)[], options: KonProClientOptions = {}) {
  const requests: Request[] = [];
  const waits: number[] = [];
  const konpro = connect(
    {
      apiKey: KEY,
      baseUrl: "https://api.example",
      fetch: async (request, init) => {
        requests.push(new Request(request, init));
        const answer = answers[Math.min(requests.length, answers.length) - 1];
        return answer ? answer() : good();
      },
      ...options,
    },
    { now: () => 0, random: () => 1, sleep: async (ms) => void waits.push(ms) },
  );
  return { konpro, requests, waits };
}

const failing =
  (status: number, headers = {}) =>
  () =>
    new Response("{}", { status, headers });
const network = () => Promise.reject(new TypeError("fetch failed"));

test.each([408, 500, 502, 503, 504])("status %i is tried again, after longer and longer waits", async (status) => {
  const { konpro, requests, waits } = setup([failing(status), failing(status), good]);
  await expect(konpro.listWebhookEndpoints()).resolves.toEqual({ data: [] });
  expect(requests).toHaveLength(3);
  expect(waits).toEqual([500, 1000]);
});

test.each([400, 401, 403, 404, 429, 501])("status %i is final", async (status) => {
  const { konpro, requests } = setup([failing(status), good]);
  await expect(konpro.listWebhookEndpoints()).rejects.toMatchObject({ name: "KonProApiError", status });
  expect(requests).toHaveLength(1);
});

test.each([
  ["0", [0]],
  ["7", [7000]],
  ["60", [60_000]],
  ["61", []],
  ["Thu, 01 Jan 1970 00:00:09 GMT", [9000]],
  ["soon", []],
])("429 with Retry-After: %s waits %j ms", async (value, expected) => {
  const { konpro, waits } = setup([failing(429, { "retry-after": value }), good]);
  await konpro.listWebhookEndpoints().catch((error: unknown) => expect(error).toBeInstanceOf(KonProApiError));
  expect(waits).toEqual(expected);
});

test("a network failure is tried again, and in the end tells the attempts and its cause", async () => {
  const { konpro, requests } = setup([network]);
  const error = await konpro.listWebhookEndpoints().catch((error: unknown) => error);
  expect(error).toBeInstanceOf(KonProConnectionError);
  expect(error).toMatchObject({ attempts: 3, cause: new TypeError("fetch failed") });
  expect(requests).toHaveLength(3);
});

test("maxRetries: 0 is one attempt, for a client and for one call", async () => {
  const client = setup([network], { maxRetries: 0 });
  await expect(client.konpro.listWebhookEndpoints()).rejects.toMatchObject({ attempts: 1 });
  const call = setup([network]);
  await expect(call.konpro.listWebhookEndpoints({ maxRetries: 0 })).rejects.toMatchObject({ attempts: 1 });
});

test("a silent server is a timeout", async () => {
  const { konpro } = setup([() => new Promise(() => {})], { timeout: 20, maxRetries: 1 });
  const error = await konpro.listWebhookEndpoints().catch((error: unknown) => error);
  expect(error).toBeInstanceOf(KonProTimeoutError);
  expect(error).toMatchObject({ attempts: 2, timeout: 20 });
});

test("an abort rejects with the caller's reason", async () => {
  const { konpro, waits } = setup([() => new Promise(() => {})]);
  const controller = new AbortController();
  const call = konpro.listWebhookEndpoints({ signal: controller.signal });
  controller.abort("enough");
  await expect(call).rejects.toBe("enough");
  expect(waits).toEqual([]);
});

test.each([
  ["no JSON", () => new Response("<html>", { headers: { "content-type": "text/html" } })],
  ["nothing", () => new Response("")],
  ["204", () => new Response(null, { status: 204 })],
])("a success with %s breaks the contract", async (_, answer) => {
  const { konpro, requests } = setup([answer]);
  await expect(konpro.GET("/v1/webhook/endpoint.list")).rejects.toBeInstanceOf(KonProResponseError);
  expect(requests).toHaveLength(1);
});

test("an error without a body still is one", async () => {
  const { konpro } = setup([() => new Response(null, { status: 404, statusText: "Not Found" })]);
  expect((await konpro.GET("/v1/webhook/endpoint.list")).error).toBe("404 Not Found");
});

test("a redirect is refused, and an error that echoes the key does not show it", async () => {
  const moved = setup([() => new Response(null, { status: 302, headers: { location: "https://thief.example/x" } })]);
  await expect(moved.konpro.listWebhookEndpoints()).rejects.toThrow("redirect refused (302 to https://thief.example)");
  const echo = setup([
    () => Response.json({ error: { message: `bad ${KEY}`, details: { [KEY]: KEY } } }, { status: 401 }),
  ]);
  const error = await echo.konpro.listWebhookEndpoints().catch((error: unknown) => error);
  expect(inspect(error, { showHidden: true, depth: Infinity })).not.toContain(KEY);
});

test("the key goes to no other origin", async () => {
  const { konpro, requests } = setup([good]);
  await expect(konpro.listWebhookEndpoints({ baseUrl: "https://thief.example" })).rejects.toThrow("not sent");
  expect(requests).toHaveLength(0);
});

test("on the wire: request line, key and base path", async () => {
  const seen: unknown[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    seen.push([method, url, headers["x-api-key"]]);
    response.end('{"data":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  const baseUrl = `http://127.0.0.1:${port}/base/`;
  await connect(
    { apiKey: ` ${KEY} `, baseUrl },
    { now: () => 0, random: () => 0, sleep: async () => {} },
  ).listWebhookEndpoints();
  server.close();
  expect(seen).toEqual([["GET", "/base/v1/webhook/endpoint.list", KEY]]);
});

test.each([
  [{ apiKey: "" }, /^apiKey/],
  [{ apiKey: "clé-secrète" }, /^apiKey/],
  [{ baseUrl: "http://api.example" }, /^baseUrl/],
  [{ baseUrl: "https://user:pass@api.example" }, /^baseUrl/],
  [{ baseUrl: "nowhere" }, /^baseUrl/],
  [{ timeout: 0 }, /^timeout/],
  [{ timeout: Number.NaN }, /^timeout/],
  [{ maxRetries: -1 }, /^maxRetries/],
  [{ maxRetries: 1.5 }, /^maxRetries/],
])("%j is refused by name", (options, message) => {
  expect(() => setup([], options)).toThrow(TypeError);
  expect(() => setup([], options)).toThrow(message);
});

test("the waits grow to 8 s, and never more", () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((number) => backOff(number, 1))).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  expect(retryDelay({ answer: { response: good() } }, 1, { now: () => 0, random: () => 1 })).toBeUndefined();
});

test("the longest call with the defaults is as long as the README says", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const later = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const worst = async (answer: () => Promise<Response>) => {
    const clock = { now: () => 0, random: () => 1, sleep: async (ms: number) => void (await later(ms)) };
    const konpro = connect({ apiKey: KEY, baseUrl: "https://api.example", fetch: answer }, clock);
    const [start, call] = [Date.now(), konpro.listWebhookEndpoints().catch((error: unknown) => error)];
    await vi.runAllTimersAsync();
    expect(await call).toBeInstanceOf(KonProError);
    return (Date.now() - start) / 1000;
  };
  const silent = await worst(() => new Promise(() => {}));
  const busy = await worst(() => later(29_999).then(failing(503, { "retry-after": "60" })));
  expect(readFileSync("README.md", "utf8")).toContain(
    `| ${silent} s: three attempts of 30 s and two waits; ${Math.round(busy)} s where`,
  );
});

test.each([
  "",
  "-5",
  "soon",
  "soon 5",
  "NaN",
  "1.x",
  "(x) Fri, 01 Jan 2100 00:00:00 GMT",
  "Fri, 01 Jan 2100 00:00:00 GMT+1",
])("Retry-After: %j makes no sense", (value) => {
  expect(parseRetryAfter(value, 0)).toBeUndefined();
});

test("Retry-After may be a fraction", () => expect(parseRetryAfter("1.25", 0)).toBe(1.25));

afterEach(() => expect(process.env.KONPRO_API_KEY).toBe(""));
