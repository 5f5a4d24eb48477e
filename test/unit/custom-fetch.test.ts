import { KonProConnectionError } from "konpro-client";
import { MockAgent, Request as UndiciRequest, fetch as undiciFetch } from "undici";
import { afterEach, describe, expect, test, vi } from "vitest";
import { keyHeader } from "../../generated/operations.js";
import { api, good, lost, type Step, status } from "../support/api.js";
import { anyClient, BASE_URL, connectTo, KEY } from "../support/client.js";

const busy = status(503);

afterEach(() => vi.unstubAllGlobals());

test("the platform's fetch is looked up at each attempt, and not asked where another is given", async () => {
  const client = anyClient();
  vi.stubGlobal("fetch", () => {
    vi.stubGlobal("fetch", async () => Response.json("patched between attempts"));
    return busy();
  });
  expect(await client.GET("/things")).toMatchObject({ data: "patched between attempts" });
  vi.stubGlobal("fetch", () => expect.unreachable("the platform's fetch was called"));
  expect(await anyClient({ fetch: good }).GET("/things")).toMatchObject({ data: { ok: true } });
  expect(await client.GET("/things", { fetch: good })).toMatchObject({ data: { ok: true } });
});

test("no fetch is called as a method: browsers and workerd are strict about it", async () => {
  function unbound(this: unknown) {
    if (this !== undefined) throw new TypeError("Illegal invocation");
    return good();
  }
  vi.stubGlobal("fetch", unbound);
  for (const [ofClient, ofCall] of [[{ fetch: unbound }], [{}, { fetch: unbound }], [{}]]) {
    const call = anyClient({ maxRetries: 0, ...ofClient }).GET("/things", { ...ofCall });
    expect(await call).toMatchObject({ data: { ok: true } });
  }
});

test("a call's fetch goes before the client's, for this call alone, in both styles", async () => {
  const { method, GET } = connectTo(BASE_URL, { fetch: async () => Response.json("client") });
  const fetch = async () => Response.json("call");
  expect(await GET({ fetch })).toMatchObject({ data: "call" });
  expect(await method({ fetch })).toBe("call");
  expect(await method()).toBe("client");
});

test("undici's fetch and Request, which are other classes than the platform's, with a MockAgent", async () => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  const pool = agent.get(BASE_URL);
  const expected = {
    path: "/things?q=1",
    method: "PUT",
    body: '{"a":1}',
    headers: { [keyHeader]: KEY, "x-call": "1" },
  };
  pool.intercept(expected).reply(503, "busy");
  pool.intercept(expected).reply(200, { ok: true });
  const options: object = {
    Request: UndiciRequest,
    fetch: (request: UndiciRequest, init: object) => undiciFetch(request, { ...init, dispatcher: agent }),
  };
  const init = { params: { query: { q: 1 } }, headers: { "x-call": "1" }, body: { a: 1 } };
  expect(await anyClient(options).PUT("/things", init)).toMatchObject({ data: { ok: true } });
  agent.assertNoPendingInterceptors();
  await agent.close();
});

describe("a body", () => {
  /** What arrives in all attempts of a call, each of which fails. */
  async function arriving(body: unknown, init: object, failure: Step) {
    const fetch = api(failure);
    const outcome = await anyClient({ fetch })
      .PUT("/things", { body, ...init })
      .catch((error: unknown) => error);
    const bodies = await Promise.all(fetch.mock.calls.map(([request]) => request.text()));
    return { bodies, outcome };
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
    for (const failure of [busy, lost]) {
      expect((await arriving(body, init, failure)).bodies).toEqual([expected, expected, expected]);
    }
  });

  async function* bytes() {
    yield new TextEncoder().encode("once");
  }

  test.each([
    ["a stream", () => new Blob(["once"]).stream()],
    ["an async iterable", () => bytes()],
  ])("that is %s is sent once", async (_, body) => {
    const init = { ...identity, duplex: "half" };
    const { bodies, outcome } = await arriving(body(), init, busy);
    expect(outcome).toMatchObject({ error: {}, response: { status: 503 } });
    expect(bodies).toEqual(["once"]);
    const after = await arriving(body(), init, lost);
    expect(after.outcome).toBeInstanceOf(KonProConnectionError);
    expect(after).toMatchObject({ outcome: { attempts: 1 }, bodies: ["once"] });
  });
});

test("a redirect of which a browser shows nothing is refused without a status", async () => {
  const members = { type: { value: "opaqueredirect" }, status: { value: 0 } };
  const client = anyClient({ fetch: async () => Object.defineProperties(new Response(null), members) });
  await expect(client.GET("/things")).rejects.toThrow(/redirect not followed \(opaque/);
});
