// What goes wrong for users, provoked for real where it can be: each message says where, what, how often and what to do.
import { createServer as createPlainServer } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { KonProClientOptions } from "konpro-client";
import { Agent, ProxyAgent } from "undici";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../../src/client.js";
import { selfSigned } from "../support/certificate.js";
import { connectTo, failureOf, KEY, recordingClock } from "../support/client.js";
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

const FUTURE = new Date("2049-01-01");
const later = (status: number) => answer(status, '{"error":{"code":"BROKEN","message":"No."},"request_id":"r1"}');
const text = (body: string) => answer(200, body, { "content-type": "text/x; a=b" });

/** What goes wrong; what the message says of it, and what to do; how many attempts there were. */
type Failure = [string, () => Setup | Promise<Setup>, what: RegExp, advice: RegExp, attempts?: number];

const network: Failure[] = [
  [
    "a host that does not exist",
    () => ({ baseUrl: "https://nowhere.invalid" }),
    /^no response: .*(ENOTFOUND|EAI_AGAIN).* nowhere\.invalid/,
    /host name \(baseUrl\)/,
    3,
  ],
  [
    "a port on which nobody listens",
    async () => ({ baseUrl: await deserted("127.0.0.1") }),
    /^no response: .*ECONNREFUSED 127\.0\.0\.1:\d+/,
    /host and port \(baseUrl\)/,
    3,
  ],
  [
    "the same under a name that has two addresses",
    async () => ({ baseUrl: await deserted("localhost") }),
    /^no response: .*ECONNREFUSED .*:\d+/,
    /host and port/,
    3,
  ],
  [
    "a certificate that signs itself",
    () => encrypted(FUTURE, false),
    /^no response: self-signed certificate/,
    /NODE_EXTRA_CA_CERTS/,
    3,
  ],
  [
    "an expired certificate",
    () => encrypted(new Date("2020-01-01"), true),
    /^no response: certificate has expired/,
    /certificate.*clock/,
    3,
  ],
  ["https: where the server speaks http:", plain, /^no response: .*SSL/, /speaks https: there \(baseUrl\)/, 3],
  [
    "a proxy that asks for a password",
    async () => ({
      baseUrl: "https://api.example",
      init: { dispatcher: closing(new ProxyAgent(await reacting(answer("407 Proxy Authentication Required", "")))) },
    }),
    /^no response: .*\b407\b/,
    /proxy's address and credentials/,
    3,
  ],
  [
    "a server that hangs up",
    async () => ({ baseUrl: await reacting(end()) }),
    /^no response: other side closed/,
    /network/,
    3,
  ],
  [
    "an answer that breaks off",
    async () => ({ baseUrl: await reacting(end(head(200, { "content-length": 9 }), "{")) }),
    /^the 200 response broke off: /,
    /network/,
    3,
  ],
  [
    "no response in time",
    async () => ({ baseUrl: await reacting(stall()), init: { timeout: 50 } }),
    /^no complete response within 50 ms/,
    /longer timeout/,
    3,
  ],
];

const answers: Failure[] = [
  [
    "400",
    async () => ({ baseUrl: await reacting(later(400)) }),
    /^400 BROKEN: No \(request r1\)/,
    /Correct the request/,
  ],
  ["422", async () => ({ baseUrl: await reacting(later(422)) }), /^422 BROKEN/, /Correct the request/],
  ["a wrong key", async () => ({ baseUrl: await reacting(later(401)) }), /^401 BROKEN/, /API key \(apiKey\)/],
  [
    "a key that may not do this",
    async () => ({ baseUrl: await reacting(later(403)) }),
    /^403 BROKEN/,
    /key \(apiKey\).*plan/,
  ],
  ["a wrong path", async () => ({ baseUrl: await reacting(later(404)) }), /^404 BROKEN/, /address \(baseUrl\)/],
  ["too many calls", async () => ({ baseUrl: await reacting(later(429)) }), /^429 BROKEN/, /fewer calls/],
  ["any other mistake", async () => ({ baseUrl: await reacting(later(418)) }), /^418 BROKEN/, /body/],
  ["a server that fails", async () => ({ baseUrl: await reacting(later(500)) }), /^500 BROKEN/, /try again later/, 3],
  [
    "a login page",
    async () => ({ baseUrl: await reacting(text("<p>Log in")) }),
    /^200, but the body is not JSON \(text\/x, 9 bytes, it starts like HTML\)/,
    /baseUrl leads to the API .*login page/,
  ],
  [
    "half of a document",
    async () => ({ baseUrl: await reacting(text('{"data":[')) }),
    /not JSON \(text\/x, 9 bytes, it ends too early\)/,
    /baseUrl/,
  ],
  [
    "two documents",
    async () => ({ baseUrl: await reacting(text("{}{}")) }),
    /not JSON \(.*, the error is at character 2\)/,
    /baseUrl/,
  ],
  [
    "a word",
    async () => ({ baseUrl: await reacting(end(head(200), "fine")) }),
    /not JSON \(no content type\)/,
    /baseUrl/,
  ],
  [
    "no body",
    async () => ({ baseUrl: await reacting(answer(200, "")) }),
    /^200, but the body that the contract promises is missing/,
    /baseUrl/,
  ],
  [
    "a redirect",
    async () => ({ baseUrl: await reacting(redirect(307, "https://api.example/login?next=secret-page")) }),
    /^redirect refused \(307 to https:\/\/api\.example\/login\)/,
    /set baseUrl or the path/,
  ],
];

describe.each(Object.entries({ network, answers }))("%s", (_, failures) => {
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
  expect(message).toMatch(`GET ${url}/things/things: 404: Not Found. Check the address (baseUrl)`);
});

test("a platform that followed a redirect although it was told not to: the message names the host that has the key now", async () => {
  const followed = Object.defineProperty(Response.json({}), "url", { value: "https://thief.example/x" });
  vi.stubGlobal("fetch", async () => followed);
  onTestFinished(() => void vi.unstubAllGlobals());
  const { message } = await failureOf(connectTo("https://api.example").method());
  expect(message).toMatch(
    /the answer comes from https:\/\/thief\.example, .*\. Give a fetch .*, and change the API key/,
  );
});

describe("what is not sent", () => {
  test.each<[string, KonProClientOptions, object, RegExp]>([
    [
      "as the apiKey function fails",
      { apiKey: () => Promise.reject(new Error("the vault is shut")) },
      {},
      /things: not sent: the apiKey function failed\. The cause/,
    ],
    [
      "as the call is for another server",
      {},
      { baseUrl: "https://other.example/a" },
      /not sent to https:\/\/other\.example: this client is for https:\/\/api\.example\. Make another client/,
    ],
    ["as the address is no URL", {}, { baseUrl: "nowhere" }, /things: .* no URL\./],
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

describe("what came from the environment is named by its variable", () => {
  beforeEach(() => void vi.stubEnv("KONPRO_API_KEY", KEY));
  afterEach(() => void vi.unstubAllEnvs());

  test.each([
    [401, /\(KONPRO_API_KEY\)/],
    [403, /\(KONPRO_API_KEY\)/],
    [404, /\(KONPRO_BASE_URL\)/],
  ])("%i", async (status, advice) => {
    vi.stubEnv("KONPRO_BASE_URL", await reacting(later(status)));
    const konpro: object = connect({}, recordingClock());
    expect((await failureOf(Reflect.get(konpro, "listThings")())).message).toMatch(advice);
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
    [new TypeError("fetch failed", { cause: "a word" }), /no response: fetch failed/],
    [looped, /no response: round and round/],
    [new DOMException("", "DataError"), /no response: DataError/],
    ["down", /no response: down/],
    [{}, /no response: unknown/],
    [undefined, /no response: unknown/],
  ])("%o", async (thrown, message) => {
    const { method } = connectTo("https://api.example", { maxRetries: 0, fetch: () => Promise.reject(thrown) });
    expect((await failureOf(method())).message).toMatch(message);
  });
});
