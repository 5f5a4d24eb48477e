import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { KonProConnectionError } from "konpro-client";
import { MockAgent, ProxyAgent, Request as UndiciRequest, fetch as undiciFetch } from "undici";
import { afterEach, describe, expect, test, vi } from "vitest";
import { keyHeader } from "../../generated/operations.js";
import { anyClient, BASE_URL, connectTo, KEY } from "../support/client.js";

const good = async () => Response.json({ ok: true });
const busy = async () => Response.json({}, { status: 503 });

describe("the platform's fetch", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("is looked up at each call", async () => {
    const client = anyClient();
    vi.stubGlobal("fetch", async () => Response.json("first patch"));
    expect(await client.GET("/things")).toMatchObject({ data: "first patch" });
    vi.stubGlobal("fetch", async () => Response.json("second patch"));
    expect(await client.GET("/things")).toMatchObject({ data: "second patch" });
  });

  test("is looked up at each attempt", async () => {
    const client = anyClient();
    vi.stubGlobal("fetch", () => {
      vi.stubGlobal("fetch", async () => Response.json("patched between attempts"));
      return busy();
    });
    expect(await client.GET("/things")).toMatchObject({ data: "patched between attempts" });
  });

  test("is not asked where another was given", async () => {
    vi.stubGlobal("fetch", () => expect.unreachable("the platform's fetch was called"));
    expect(await anyClient({ fetch: good }).GET("/things")).toMatchObject({ data: { ok: true } });
    expect(await anyClient().GET("/things", { fetch: good })).toMatchObject({ data: { ok: true } });
  });
});

/** As strict about it as fetch is in browsers and in workerd. */
function unbound(this: unknown) {
  if (this !== undefined) throw new TypeError("Illegal invocation");
  return good();
}

test.each([
  ["given to the client", { ofClient: unbound, ofCall: undefined }],
  ["given to the call", { ofClient: undefined, ofCall: unbound }],
])("a fetch %s is not called as a method", async (_, { ofClient, ofCall }) => {
  const client = anyClient({ fetch: ofClient, maxRetries: 0 });
  expect(await client.GET("/things", ofCall ? { fetch: ofCall } : {})).toMatchObject({ data: { ok: true } });
});

test("the platform's fetch is not called as a method", async () => {
  vi.stubGlobal("fetch", unbound);
  try {
    expect(await anyClient({ maxRetries: 0 }).GET("/things")).toMatchObject({ data: { ok: true } });
  } finally {
    vi.unstubAllGlobals();
  }
});

test("a call's fetch goes before the client's, for this call alone", async () => {
  const client = anyClient({ fetch: async () => Response.json("client") });
  const fetch = async () => Response.json("call");
  expect(await client.GET("/things", { fetch })).toMatchObject({ data: "call" });
  expect(await client.GET("/things")).toMatchObject({ data: "client" });
});

test("an operation's method takes a fetch of one call", async () => {
  const fetch = vi.fn(async () => Response.json({ data: [] }));
  expect(await connectTo(BASE_URL).method({ fetch })).toEqual({ data: [] });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test("a fetch that throws what is no Error", async () => {
  const error = await anyClient({ fetch: () => Promise.reject("offline"), maxRetries: 0 })
    .GET("/things")
    .catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "KonProConnectionError", cause: "offline" });
  expect(error).toHaveProperty("message", expect.not.stringContaining("undefined"));
});

describe("undici", () => {
  /** undici's classes are those of the platform, but neither at run time nor by type the very same. */
  const through = (dispatcher: MockAgent | ProxyAgent) => {
    const options: object = {
      Request: UndiciRequest,
      fetch: (request: UndiciRequest, init: object) => undiciFetch(request, { ...init, dispatcher }),
    };
    return options;
  };

  test("its fetch and Request with a MockAgent", async () => {
    const agent = new MockAgent();
    agent.disableNetConnect();
    const pool = agent.get(BASE_URL);
    const headers = { [keyHeader]: KEY, "x-call": "1" };
    const path = "/things?q=1";
    pool.intercept({ path, method: "PUT", body: '{"a":1}', headers }).reply(503, "busy");
    pool.intercept({ path, method: "PUT", body: '{"a":1}', headers }).reply(200, { ok: true });
    const { data } = await anyClient(through(agent)).PUT("/things", {
      params: { query: { q: 1 } },
      headers: { "x-call": "1" },
      body: { a: 1 },
    });
    expect(data).toEqual({ ok: true });
    agent.assertNoPendingInterceptors();
    await agent.close();
  });

  test("its fetch and Request with a ProxyAgent", async () => {
    const got: unknown[] = [];
    const server = createServer((request: IncomingMessage, response) => {
      got.push([request.method, request.url, request.headers[keyHeader]]);
      response.setHeader("content-type", "application/json").end('{"ok":true}');
    });
    const tunnels: (string | undefined)[] = [];
    const proxy = createServer().on("connect", (request: IncomingMessage, client: Socket) => {
      tunnels.push(request.url);
      const target = connect(Number(request.url?.split(":")[1]), "127.0.0.1", () => {
        client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        client.pipe(target).pipe(client);
      });
      for (const socket of [client, target]) socket.on("error", () => {});
    });
    const [port, proxyPort] = await Promise.all(
      [server, proxy].map(
        (one) =>
          new Promise<number>((resolve) =>
            one.listen(0, "127.0.0.1", () => resolve((one.address() as AddressInfo).port)),
          ),
      ),
    );
    const agent = new ProxyAgent({ uri: `http://127.0.0.1:${proxyPort}`, proxyTunnel: true });
    try {
      const client = anyClient({ ...through(agent), baseUrl: `http://127.0.0.1:${port}` });
      expect(await client.GET("/things")).toMatchObject({ data: { ok: true } });
      expect(tunnels).toEqual([`127.0.0.1:${port}`]);
      expect(got).toEqual([["GET", "/things", KEY]]);
    } finally {
      await agent.close();
      server.close();
      proxy.close();
    }
  });
});

test("a fetch that takes a URL and an init, as node-fetch does", async () => {
  const sent: unknown[] = [];
  const nodeFetch = async (url: string, init: { method: string; headers: Record<string, string>; body: string }) => {
    sent.push([url, init]);
    return Response.json({ ok: true });
  };
  const client = anyClient({
    fetch: async (request) =>
      nodeFetch(request.url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      }),
  });
  expect(await client.PUT("/things", { body: { a: 1 } })).toMatchObject({ data: { ok: true } });
  const headers = { accept: "application/json", "content-type": "application/json", [keyHeader]: KEY };
  expect(sent).toEqual([[`${BASE_URL}/things`, { method: "PUT", headers, body: '{"a":1}' }]]);
});

describe("a body", () => {
  /** Keeps what arrives, and answers that it is busy. */
  function collector(answer = busy) {
    const bodies: string[] = [];
    const fetch = vi.fn(async (request: Request, init?: RequestInit) => {
      bodies.push(await new Request(request, init).text());
      return answer();
    });
    return { bodies, fetch };
  }

  const form = new FormData();
  form.append("name", "value");
  const identity = { bodySerializer: (body: unknown) => Object(body) };

  test.each([
    ["JSON", { a: [1, "ä"] }, {}, '{"a":[1,"ä"]}'],
    ["a Blob", new Blob(["blob"]), identity, "blob"],
    ["bytes", new TextEncoder().encode("bytes"), identity, "bytes"],
    ["URLSearchParams", new URLSearchParams({ q: "1" }), identity, "q=1"],
    ["FormData", form, {}, expect.stringContaining('name="name"\r\n\r\nvalue')],
  ])("of %s is sent again whole", async (_, body, init, expected) => {
    for (const failure of [busy, () => Promise.reject(new TypeError("fetch failed"))]) {
      const { bodies, fetch } = collector(failure);
      await Promise.allSettled([anyClient({ fetch }).request("put", "/things", { body, ...init })]);
      expect(bodies).toEqual([expected, expected, expected]);
    }
  });

  async function* bytes() {
    yield new TextEncoder().encode("once");
  }

  test.each([
    ["a stream", () => new Blob(["once"]).stream()],
    ["an async iterable", () => bytes()],
  ])("that is %s is sent once", async (_, body) => {
    const init = { body: body(), ...identity, duplex: "half" as const };
    const { bodies, fetch } = collector();
    const { error, response } = await anyClient({ fetch }).request("put", "/things", init);
    expect(error).toEqual({});
    expect(response.status).toBe(503);
    expect(bodies).toEqual(["once"]);
  });

  test("that is a stream is sent once, also when the network fails", async () => {
    const init = { body: new Blob(["once"]).stream(), ...identity, duplex: "half" as const };
    const { bodies, fetch } = collector(() => Promise.reject(new TypeError("fetch failed")));
    const error = await anyClient({ fetch })
      .PUT("/things", init)
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(KonProConnectionError);
    expect(error).toMatchObject({ attempts: 1 });
    expect(bodies).toEqual(["once"]);
  });
});

describe("another attempt", () => {
  const failures = [
    ["503", busy],
    ["a reset", () => Promise.reject(new TypeError("fetch failed"))],
    ["429 with a wait", async () => Response.json({}, { status: 429, headers: { "retry-after": "1" } })],
    [
      "a body cut short",
      async () => new Response(new ReadableStream({ pull: (it) => it.error(new TypeError("terminated")) })),
    ],
  ] as const;
  const methods = [
    ["post", 1],
    ["patch", 1],
    ["get", 3],
    ["put", 3],
    ["delete", 3],
    ["options", 3],
  ] as const;

  test.each(
    methods.flatMap(([method, times]) => failures.map(([name, failure]) => ({ method, times, name, failure }))),
  )("$method after $name: $times in all", async ({ method, times, failure }) => {
    const fetch = vi.fn(failure);
    const client = anyClient({ fetch, maxRetries: 2 });
    await Promise.allSettled([client.request(method, "/other")]);
    expect(fetch).toHaveBeenCalledTimes(times);
  });
});

test("a redirect of which a browser shows nothing is refused without a status", async () => {
  const opaque = Object.defineProperties(new Response(null), {
    type: { value: "opaqueredirect" },
    status: { value: 0 },
  });
  const client = anyClient({ fetch: async () => opaque });
  await expect(client.GET("/things")).rejects.toThrow(/redirect refused \(hidden/);
});

test("a stream is handed over without a signal, too", async () => {
  const client = anyClient({ fetch: async () => new Response("whole") });
  const { data } = await client.GET("/things", { parseAs: "stream" });
  if (!(data instanceof ReadableStream)) throw new Error("no stream");
  expect(await new Response(data).text()).toBe("whole");
});
