import {
  KonProApiError,
  KonProConnectionError,
  type KonProError,
  KonProResponseError,
  KonProTimeoutError,
} from "konpro-client";
import { describe, expect, test } from "vitest";
import { backOff } from "../../src/call/retry.js";
import { connectTo, recordingClock } from "../support/client.js";
import {
  answer,
  byteByByte,
  chunked,
  drip,
  end,
  gzip,
  head,
  type Reaction,
  redirect,
  reset,
  stall,
  startFaultServer,
} from "../support/fault-server.js";

/** What the user gets; an `error` is what GET resolves to where the method throws. */
type Outcome = { data: unknown } | { thrown: Thrown } | { thrown: Thrown; error: unknown };
type Thrown = { type: abstract new (...args: never[]) => KonProError; message: RegExp; fields: object };

interface Scenario {
  name: string;
  /** What the server does with the first request, the second, …; the last one goes on. */
  server: [Reaction, ...Reaction[]];
  outcome: Outcome;
  attempts: number;
  /** As many as attempts, unless said. */
  requests: number;
  /** The waits between attempts, in milliseconds; back-off unless said. */
  waits: number[];
  init: object;
}

const BACK_OFF = [1, 2, 3, 4, 5, 6, 7].map((number) => backOff(number, 0.5));

function row(
  name: string,
  server: Reaction | [Reaction, ...Reaction[]],
  attempts: number,
  outcome: Outcome,
  options: { waits?: number[]; requests?: number; timeout?: number; maxRetries?: number } = {},
): Scenario {
  const { waits = BACK_OFF.slice(0, attempts - 1), requests = attempts, ...init } = options;
  return { name, server: typeof server === "function" ? [server] : server, outcome, attempts, requests, waits, init };
}

const data = (value: unknown): Outcome => ({ data: value });

/** No complete response. */
const lost = (message = /no response|broke off/): Outcome => ({
  thrown: { type: KonProConnectionError, message, fields: { name: "KonProConnectionError" } },
});

/** A redirect; `target` is a pattern. */
const refused = (target: string): Outcome => lost(new RegExp(`redirect not followed \\(${target}\\)`));

/** A 2xx response that cannot be used. */
const broken = (status: number, contentType: string | null = "application/json", message = /is not JSON/): Outcome => ({
  thrown: { type: KonProResponseError, message, fields: { name: "KonProResponseError", status, contentType } },
});
const missing = (status: number, contentType?: string | null) => broken(status, contentType, /is missing/);

/** An error status, which GET resolves to: with the body, or with a text where there is none. */
const api = (status: number, error: unknown, fields: object = {}): Outcome => ({
  thrown: {
    type: KonProApiError,
    message: new RegExp(`: ${status}\\b`),
    fields: { name: "KonProApiError", status, ...fields },
  },
  error,
});

const GOOD = { data: [], note: "grüße €" };
const JSON_TEXT = JSON.stringify(GOOD);
const good = answer("200 OK", JSON_TEXT);
const BROKEN = { error: { code: "BROKEN", message: "later" } };
const down = answer("503 Service Unavailable", JSON.stringify(BROKEN));
const isDown = api(503, BROKEN, { code: "BROKEN" });
const CHUNKED = { "content-type": "application/json", "transfer-encoding": "chunked" };
const LENGTH = { "content-type": "application/json", "content-length": 100 };
const LATE = { timeout: 100, maxRetries: 1 };
const tooLate: Outcome = {
  thrown: {
    type: KonProTimeoutError,
    message: /no complete response within 100 ms/,
    fields: { name: "KonProTimeoutError", timeout: 100 },
  },
};
const flip = (at: number) => (bytes: Buffer) => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(copy.length + at) ^ 0xff, copy.length + at);
  return copy;
};

const noResponse = [
  row("RST before a byte", reset(), 3, lost(/no response: (?!fetch failed)/)),
  row("an end before a byte", end(), 3, lost(/no response: (?!fetch failed)/)),
  row("silence", stall(), 2, tooLate, LATE),
  row("words instead of HTTP", end("How can I help you?\r\n\r\n"), 3, lost()),
  row("half a header, then an end", end("HTTP/1.1 200 OK\r\ncontent-ty"), 3, lost()),
  row("half a header, then silence", stall("HTTP/1.1 200 OK\r\ncontent-ty"), 2, tooLate, LATE),
  row("a header that never ends, byte by byte", drip("HTTP/1.1 200 OK\r\nx-long: ", "x"), 2, tooLate, LATE),
  row("a huge header", end(head(200, { "x-huge": "x".repeat(100_000) }), "{}"), 3, lost()),
  row("a content length that is not a number", end(head(200, { "content-length": "many" }), "{}"), 3, lost()),
  row("101 Switching Protocols", end(head(101, { upgrade: "x", connection: "upgrade" })), 3, lost()),
];

const brokenBodies = [200, 404].flatMap((status) => {
  const line = `${status} Some text`;
  const part = JSON_TEXT.slice(0, 9);
  const off = lost(new RegExp(`the ${status} response broke off: `));
  return [
    row(`${status}, cut by an end`, end(head(line, LENGTH), part), 3, off),
    row(`${status}, cut by RST`, reset(head(line, LENGTH), part), 3, lost()),
    row(`${status}, stalled in the body`, stall(head(line, LENGTH), part), 2, tooLate, LATE),
    row(`${status}, dripped slower than the deadline`, drip(head(line, { "content-length": 1e6 })), 2, tooLate, LATE),
    row(`${status}, chunks cut within one`, end(head(line, CHUNKED), "ff\r\n", part), 3, off),
    row(`${status}, chunks without the last one`, end(head(line, CHUNKED), chunked(JSON_TEXT)), 3, off),
    row(`${status}, a chunk size that is not a number`, end(head(line, CHUNKED), chunked(part), "zz\r\n"), 3, lost()),
    row(
      `${status}, bad gzip`,
      gzip(status, JSON_TEXT, () => "not compressed at all"),
      3,
      off,
    ),
    row(`${status}, gzip with a wrong checksum`, gzip(status, JSON_TEXT, flip(-8)), 3, off),
  ];
});

const good2xx = [
  row("a plain response", good, 1, data(GOOD)),
  row("chunks", stall(head(200, CHUNKED), chunked('{"data"', ":[]}", "")), 1, data({ data: [] })),
  row("an end instead of a length", end(head(200), JSON_TEXT), 1, data(GOOD)),
  row("byte by byte, characters torn", byteByByte(200, JSON_TEXT), 1, data(GOOD)),
  row("early hints first", stall(head(103), head(200, { "content-length": 2 }), "{}"), 1, data({})),
  row("gzip", gzip(200, JSON_TEXT), 1, data(GOOD)),
  row("a byte order mark", answer(200, `\uFEFF${JSON_TEXT}`), 1, data(GOOD)),
  row("a wrong content type", answer(200, JSON_TEXT, { "content-type": "text/html" }), 1, data(GOOD)),
  row("no content type", stall(head(200, { "content-length": 2 }), "{}"), 1, data({})),
  row("null", answer(200, "null"), 1, data(null)),
  row("an empty string", answer(200, '""'), 1, data("")),
  row("a large body", answer(200, JSON.stringify("x".repeat(1_000_000))), 1, data("x".repeat(1_000_000))),
];

const bad2xx = [
  row("HTML", answer(200, "<html>Hi</html>", { "content-type": "text/html" }), 1, broken(200, "text/html")),
  row("text", answer(200, "fine"), 1, broken(200)),
  row("JSON that ends early, complete for HTTP", answer(200, '{"data":['), 1, broken(200)),
  row("a length shorter than the body", end(head(200, { "content-length": 5 }), JSON_TEXT), 1, broken(200, null)),
  row("JSON in UTF-16", answer(200, Buffer.from(JSON_TEXT, "utf16le")), 1, broken(200)),
  row("blank", answer(200, "  \n"), 1, broken(200)),
  // Node unpacks as much as there is and does not tell that the end is missing.
  row(
    "gzip cut short",
    gzip(200, JSON_TEXT, (bytes) => bytes.subarray(0, 20)),
    1,
    broken(200),
  ),
  row("an unknown encoding", answer(200, "??", { "content-encoding": "zip" }), 1, broken(200)),
  row("nothing", answer(200, ""), 1, missing(200)),
  row("nothing, in chunks", stall(head(200, CHUNKED), chunked("")), 1, missing(200)),
  row("202 with nothing", answer("202 Accepted", ""), 1, missing(202)),
  row("204", stall(head("204 No Content")), 1, missing(204, null)),
  row("205", answer("205 Reset Content", ""), 1, missing(205)),
];

const ELSEWHERE = "https://elsewhere.example/a";
const redirects = [
  row("a redirect for a slash that is missing", redirect(308, "/things/"), 1, refused("308 to .*/things/")),
  row("a redirect to nowhere", redirect(302), 1, refused("302")),
  row("a redirect whose body stalls", stall(head(302, { location: "/", ...LENGTH })), 1, refused("302 to .*/")),
  row("a fault, then a redirect", [down, redirect(302, ELSEWHERE)], 2, refused(`302 to ${ELSEWHERE}`)),
  row("300", answer("300 Multiple Choices", "[]"), 1, api(300, [])),
  row("304", stall(head("304 Not Modified")), 1, api(304, "304 Not Modified")),
  row("305", answer("305 Use Proxy", "", { location: ELSEWHERE }), 1, api(305, "305 Use Proxy")),
];

/** What the platform's fetch makes of these statuses, as its standard says; of others, test/unit/retry.test.ts tells. */
const statuses = [
  row("407 is a network error", answer(407, "{}"), 3, lost(/no response: /)),
  row("421 is asked for once more, on a new connection", answer(421, "{}"), 1, api(421, {}), { requests: 2 }),
];

const sequences = [
  row("RST, then good", [reset(), good], 2, data(GOOD)),
  row("a cut body, then good", [end(head(200, LENGTH), "{"), good], 2, data(GOOD)),
  row("a stalled body, then good", [stall(head(200, LENGTH)), good], 2, data(GOOD), { timeout: 5000 }),
  row("three faults, then good", [down, reset(), down, good], 3, isDown),
  row("maxRetries: 7 and good at last", [down, reset(), down, reset(), down, reset(), down, good], 8, data(GOOD), {
    maxRetries: 7,
  }),
];

const STYLES = ["method", "GET"] as const;

describe.concurrent.each(Object.entries({ noResponse, brokenBodies, good2xx, bad2xx, redirects, statuses, sequences }))(
  "%s",
  (_, scenarios) => {
    test.each(scenarios)("$name", async (scenario) => {
      await Promise.all(STYLES.map((style) => play(scenario, style)));
    });
  },
);

async function play(scenario: Scenario, style: (typeof STYLES)[number]) {
  const { outcome, attempts } = scenario;
  await using server = await startFaultServer(...scenario.server);
  const clock = recordingClock();
  const call = connectTo(server.url, {}, clock)[style](scenario.init);
  const got = await call.then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error }),
  );
  expect(clock.waits, "waits").toEqual(scenario.waits);
  // On a slow machine the deadline may come before a request has reached the server.
  if (outcome === tooLate) expect(server.requests.length).toBeLessThanOrEqual(attempts);
  else expect(server.requests, "requests").toHaveLength(scenario.requests);

  if ("data" in outcome) {
    expect(got).toEqual({ value: style === "method" ? outcome.data : expect.objectContaining({ data: outcome.data }) });
  } else if (style === "GET" && "error" in outcome) {
    expect(got).toMatchObject({ value: { error: outcome.error, response: { ok: false } } });
  } else {
    const { type, message, fields } = outcome.thrown;
    const { error } = Object(got);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject(error instanceof KonProResponseError ? fields : { ...fields, attempts });
    expect(error.message).toMatch(message);
    expect(error.message.startsWith(`GET ${server.url}/things: `), "says which call").toBe(true);
    expect(error.message.includes(`, after ${attempts} attempts`), "says how often").toBe(attempts > 1);
    expect(error.message).not.toMatch(/undefined|\[object/);
  }
}
