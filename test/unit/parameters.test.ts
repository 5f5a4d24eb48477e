import { describe, expect, test, vi } from "vitest";
import { anyClient, BASE_URL, connectTo, failureOf } from "../support/client.js";

/** A client that notes the URLs it asks for. */
function recorder(options: object = {}) {
  const urls: string[] = [];
  const fetch = vi.fn(async (request: Request) => {
    urls.push(request.url);
    return Response.json({});
  });
  return { client: anyClient({ fetch, ...options }), urls };
}

const raw = {
  pathSerializer: (path: string, values: Record<string, unknown>) =>
    path.replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`),
};

describe("a path parameter cannot leave its place", () => {
  test.each([".", "..", "", null, undefined, [], {}])("%j is refused, and nothing is sent", async (id) => {
    const { client, urls } = recorder();
    for (const path of ["/things/{id}", "/things/{id}/parts"]) {
      const call = client.request("delete", path, { params: { path: { id } } });
      await expect(call).rejects.toThrow(TypeError);
      await expect(call).rejects.toThrow(/params\.path\.id|path parameter \(id\)/);
    }
    await expect(client.GET("/other/{id}")).rejects.toThrow(/path parameter \(id\)/);
    expect(urls).toEqual([]);
  });

  test.each(["%2e", "%2E%2e", ".%2E", "a/b", "a\\b", "..\\..", "a?b", "a#b", "../../x", " ..", ".\t.", "..\n"])(
    "a path serializer that writes %j as it is changes nothing about that",
    async (id) => {
      const { client, urls } = recorder();
      await expect(client.GET("/things/{id}", { params: { path: { id } }, ...raw })).rejects.toThrow(
        /parameter \(id\)/,
      );
      await expect(recorder(raw).client.GET("/things/{id}", { params: { path: { id } } })).rejects.toThrow(TypeError);
      expect(urls).toEqual([]);
    },
  );

  test("all parameters of the path are named", async () => {
    const { client } = recorder();
    const call = client.GET("/a/{first}/b/{second}", { params: { path: { first: "x", second: ".." } } });
    await expect(call).rejects.toThrow(/\/a\/\{first\}\/b\/\{second\}: .*first, second/);
  });

  test.each([
    ["...", "..."],
    [".a", ".a"],
    ["a/b?c#d", "a%2Fb%3Fc%23d"],
    ["..%2f", "..%252f"],
    ["{id}", "%7Bid%7D"],
    [0, "0"],
  ])("%j stays in its segment: %s", async (id, segment) => {
    const { client, urls } = recorder();
    await client.GET("/things/{id}/parts", { params: { path: { id } } });
    expect(urls).toEqual([`${BASE_URL}/things/${segment}/parts`]);
  });

  test("beside other text in its segment, a value of dots is fine", async () => {
    const { client, urls } = recorder();
    await client.GET("/files/v{id}.json", { params: { path: { id: ".." } } });
    expect(urls).toEqual([`${BASE_URL}/files/v...json`]);
  });
});

describe("a query is written as it was meant", () => {
  const day = new Date(Date.UTC(2026, 10, 24));

  test.each([
    [{ since: day }, "since=2026-11-24T00%3A00%3A00.000Z"],
    [{ days: [day] }, "days=2026-11-24T00%3A00%3A00.000Z"],
    [{ a: 1, none: [], b: 2 }, "a=1&b=2"],
    [{ a: 1, b: null, c: undefined }, "a=1"],
    [{ flag: false, zero: 0, empty: "" }, "flag=false&zero=0&empty="],
  ])("%j", async (query, written) => {
    const { client, urls } = recorder();
    await client.GET("/things", { params: { query } });
    expect(urls).toEqual([`${BASE_URL}/things${written && "?"}${written}`]);
  });

  test.each<[Record<string, unknown>, RegExp]>([
    [{ tags: ["a", null] }, /^Query parameter tags has a list with null or undefined/],
    [{ tags: [undefined] }, /^Query parameter tags/],
    [{ since: new Date(Number.NaN) }, /^Query parameter since is an invalid date/],
  ])("%j is refused, and nothing is sent", async (query, message) => {
    const { client, urls } = recorder();
    await expect(client.GET("/things", { params: { query } })).rejects.toThrow(message);
    expect(urls).toEqual([]);
  });

  test("a serializer that the caller gives is not checked", async () => {
    const querySerializer = (query: object) => `&&${Object.keys(query)}`;
    const { client, urls } = recorder();
    const params = { query: { since: [null] } };
    await client.GET("/things", { params, querySerializer });
    await recorder({ querySerializer }).client.GET("/things", { params });
    expect(urls).toEqual([`${BASE_URL}/things?&&since`]);
  });
});

describe("what a call lacks is said before it is sent", () => {
  const named = (id: string) => {
    const fetch = vi.fn(async () => Response.json({}));
    const { konpro } = connectTo(BASE_URL, { fetch });
    return { fetch, call: (init?: object) => Reflect.get(konpro, id)(init) };
  };
  const place = { row: 1, ids: 1, place: "a" };

  test.each<[string, object | undefined, string]>([
    ["getThing", undefined, "params.path.id"],
    ["getThing", {}, "params.path.id"],
    ["getThing", { params: {} }, "params.path.id"],
    ["getThing", { params: { path: { id: undefined } } }, "params.path.id"],
    ["getThing", { params: { path: { id: null } } }, "params.path.id"],
    ["getThing", { params: { path: { id: "" } } }, "params.path.id"],
    ["getThing", { params: { path: "id" } }, "params.path.id"],
    ["getOwnThing", { params: { path: { owner: "o" } } }, "params.path.id"],
    ["findShelf", { params: { path: place } }, "params.query.floor"],
    ["findShelf", { params: { path: place, query: { floor: [] } } }, "params.query.floor"],
    ["createThing", undefined, "body"],
    ["createThing", { status: "new" }, "body"],
    ["createThing", { body: undefined }, "body"],
  ])("%s of %j needs %s", async (id, init, needed) => {
    const { fetch, call } = named(id);
    const error = await failureOf(call(init));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(new RegExp(`^${id} needs ${needed.replaceAll(".", "\\.")}\\b`));
    expect(fetch).not.toHaveBeenCalled();
  });

  test("for verbs and request() alike", async () => {
    const { client, urls } = recorder();
    for (const call of [
      client.GET("/things/{id}"),
      client.request("get", "/things/{id}"),
      client.request("post", "/things"),
    ])
      await expect(call).rejects.toThrow(/^(getThing needs params\.path\.id|createThing needs body)/);
    expect(urls).toEqual([]);
  });

  test.each<[string, object]>([
    ["createThing", { body: null }],
    ["createThing", { body: "" }],
    ["createThing", { body: 0 }],
    ["replaceThing", { params: { path: { id: 0 } } }],
    ["findShelf", { params: { path: place, query: { floor: false } } }],
  ])("%s of %j lacks nothing", async (id, init) => {
    const { fetch, call } = named(id);
    await call(init);
    expect(fetch).toHaveBeenCalledOnce();
  });
});
