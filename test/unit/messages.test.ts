// What goes wrong for users, provoked for real where it can be: each message says where, what, how often and what to do.
import { createServer as createPlainServer } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { KonProClientOptions } from "konpro-client";
import { Agent, ProxyAgent } from "undici";
import { describe, expect, onTestFinished, test } from "vitest";
import { selfSigned } from "../support/certificate.js";
import { connectTo, failureOf, recordingClock } from "../support/client.js";
import { answer, end, head, type Reaction, redirect, stall, startFaultServer } from "../support/fault-server.js";

/** Where a call goes, and with which options of the client and of the call. */
interface Setup {
  baseUrl: string;
  options?: KonProClientOptions;
  init?: object;
}

const closing = <Closable extends { close(): unknown }>(closable: Closable): Closable => {
  onTestFinished(async () => void (await closable.close()));
  return closable;
};

async function reacting(...reactions: [Reaction, ...Reaction[]]): Promise<string> {
  const server = await startFaultServer(...reactions);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server.url;
}

/** An address where nobody listens. */
async function deserted(host: string): Promise<string> {
  await using server = await startFaultServer(stall());
  return server.url.replace("127.0.0.1", host);
}

/** A server with such a certificate, which the client may trust all the same. */
async function encrypted(validUntil: Date, isTrusted: boolean): Promise<Setup> {
  const { key, cert } = selfSigned(validUntil);
  const server = closing(createServer({ key, cert }, (_, response) => response.end("{}")));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  const dispatcher = closing(new Agent({ connect: isTrusted ? { ca: cert } : {} }));
  return { baseUrl: `https://localhost:${port}`, init: { dispatcher } };
}

/** An http: server, asked for https:. */
async function plain(): Promise<Setup> {
  const server = closing(createPlainServer());
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo; // as above
  return { baseUrl: `https://localhost:${port}` };
}

// V8 keeps ten frames, of which the client may take all.
Error.stackTraceLimit = 30;

const FUTURE = new Date("2049-01-01");
const later = (status: number) => answer(status, '{"error":{"code":"BROKEN","message":"No."},"request_id":"r1"}');
const text = (body: string) => answer(200, body, { "content-type": "text/x; a=b" });

/** What goes wrong; what the message says of it, and what to do; how many attempts there were. */
type Failure = [string, () => Setup | Promise<Setup>, what: RegExp, advice: RegExp, attempts?: number];

const reacts = (reaction: Reaction, init?: object) => async () => ({
  baseUrl: await reacting(reaction),
  ...(init && { init }),
});
const through =
  (...reactions: [Reaction, ...Reaction[]]) =>
  async () => ({
    baseUrl: "https://api.example",
    init: { dispatcher: closing(new ProxyAgent(await reacting(...reactions))) },
  });

const network: Failure[] = [
  ["a host that does not exist", () => ({ baseUrl: "https://nowhere.invalid" }), /ENOTFOUND|EAI_AGAIN/, /baseUrl/, 3],
  [
    "nobody listens",
    async () => ({ baseUrl: await deserted("127.0.0.1") }),
    /ECONNREFUSED 127\.0\.0\.1:\d+/,
    /baseUrl/,
    3,
  ],
  ["nor at two addresses", async () => ({ baseUrl: await deserted("localhost") }), /ECONNREFUSED .*:\d+/, /baseUrl/, 3],
  ["a server that hangs up", reacts(end()), /other side closed/, /network/, 3],
  ["a cut body", reacts(end(head(200, { "content-length": 9 }), "{")), /200 response broke off: /, /network/, 3],
  ["silence", reacts(stall(), { timeout: 50 }), /within 50 ms/, /timeout/, 3],
];

/** Where another attempt would fail in the same way, there is one. */
const final: Failure[] = [
  ["a certificate that signs itself", () => encrypted(FUTURE, false), /self-signed/, /NODE_EXTRA_CA_CERTS/],
  ["an expired certificate", () => encrypted(new Date("2020-01-01"), true), /has expired/, /certificate/],
  ["https: where the server speaks http:", plain, /: wrong version number \(\w+\)$/, /https/],
  [
    "a proxy that asks for a password",
    through(answer("407 Proxy Authentication Required", "")),
    /\b407\b/,
    /credentials/,
  ],
  ["a port that fetch does not allow", () => ({ baseUrl: "https://api.example:6667" }), /bad port/, /port/],
];

const responses: Failure[] = [
  ["400", reacts(later(400)), /^400 BROKEN: No \(request r1\)/, /Correct the request/],
  ["422", reacts(later(422)), /^422 BROKEN/, /Correct the request/],
  ["a wrong key", reacts(later(401)), /^401 BROKEN/, /apiKey.*KONPRO_API_KEY/],
  ["a key that may not do this", reacts(later(403)), /^403 BROKEN/, /key/],
  ["a wrong path", reacts(later(404)), /^404 BROKEN/, /baseUrl.*KONPRO_BASE_URL/],
  ["too many calls", reacts(later(429)), /^429 BROKEN/, /fewer calls/],
  ["any other mistake", reacts(later(418)), /^418 BROKEN/, /Correct the request/],
  ["a request that took too long to arrive", reacts(later(408)), /^408 BROKEN/, /later/, 3],
  ["a server that fails", reacts(later(500)), /^500 BROKEN/, /later/, 3],
  ["a login page", reacts(text("<p>Log in")), /^200, .* not JSON \(text\/x\)/, /baseUrl/],
  ["half of a document", reacts(text('{"data":[')), /not JSON/, /baseUrl/],
  ["a word", reacts(end(head(200), "fine")), /not JSON \(no content type\)/, /baseUrl/],
  ["no body", reacts(answer(200, "")), /^200, .*body is missing/, /baseUrl/],
  [
    "a redirect",
    reacts(redirect(307, "https://user:secret-page@api.example/login?next=secret-page#secret-page")),
    /redirect not followed \(307 to https:\/\/api\.example\/login\)/,
    /baseUrl/,
  ],
];

describe.each(Object.entries({ network, final, responses }))("%s", (_, failures) => {
  test.each(failures)("%s", async (_, setup, what, advice, attempts = 1) => {
    const { baseUrl, options, init } = await setup();
    const { method } = connectTo(baseUrl, options, recordingClock());
    async function functionOfTheUser() {
      await method({ ...init, params: { query: { limit: 3, tags: ["a-tag"] } } });
    }
    const { message, stack } = await failureOf(functionOfTheUser());
    const [where = "", said = "", todo = ""] = /^(.*?): (.*?)\. ([A-Z].*\.)$/.exec(message)?.slice(1) ?? [];
    expect(where).toBe(`GET ${baseUrl}/things?limit=…&tags=…`);
    expect(said).toMatch(what);
    expect(/, after (\d+) attempts$/.exec(said)?.[1]).toBe(attempts > 1 ? `${attempts}` : undefined);
    expect(todo).toMatch(advice);
    expect(message).not.toMatch(/a-tag|secret-page|fetch failed|undefined|\[object/);
    expect(stack).toContain("functionOfTheUser");
  });
});

test("a path that is in baseUrl already is seen twice", async () => {
  const url = await reacting(answer(404, '{"detail":"Not Found"}'));
  const { message } = await failureOf(connectTo(`${url}/things/`).method());
  expect(message).toContain(`GET ${url}/things/things: 404: Not Found. `);
});

describe("what is not sent", () => {
  test.each<[string, KonProClientOptions, object, RegExp]>([
    [
      "as the apiKey function fails",
      { apiKey: () => Promise.reject(new Error("the vault is shut")) },
      {},
      /things: not sent: the apiKey function failed\. /,
    ],
    [
      "as the call is for another server",
      {},
      { baseUrl: "https://other.example/a" },
      /not sent to https:\/\/other\.example\. This client is for https:\/\/api\.example: /,
    ],
    ["as the address is not a URL", {}, { baseUrl: "nowhere" }, /things: not sent to .*URL\./],
  ])("%s", async (_, options, init, message) => {
    const { method } = connectTo("https://api.example", options);
    async function functionOfTheUser() {
      await method(init);
    }
    const error = await failureOf(functionOfTheUser());
    expect(error.message).toMatch(message);
    expect(error.stack).toContain("functionOfTheUser");
  });
});

describe("whatever a fetch rejects with, there is a reason", () => {
  const looped = new Error("round and round");
  looped.cause = looped;
  test.each<[unknown, RegExp]>([
    [
      new TypeError("fetch failed", { cause: new Error("outer", { cause: new Error("innermost") }) }),
      /no response: innermost/,
    ],
    [
      new TypeError("fetch failed", { cause: new AggregateError([new Error("first"), new Error("second")]) }),
      /no response: first/,
    ],
    [new TypeError("failed", { cause: { code: "ECODE", message: "deep" } }), /no response: deep \(ECODE\)/],
    [new TypeError("fetch failed", { cause: "a word" }), /no response: a word/],
    [looped, /no response: round and round/],
    [new DOMException("", "DataError"), /no response: \S/],
    ["down", /no response: down/],
    [{}, /no response: \w+\./],
    [undefined, /no response: \w+\./],
  ])("%o", async (thrown, message) => {
    const { method } = connectTo("https://api.example", { maxRetries: 0, fetch: () => Promise.reject(thrown) });
    expect((await failureOf(method())).message).toMatch(message);
  });
});
