import { describe, expect, test } from "vitest";
import { BASE_URL } from "../../support/client.js";
import { both } from "./both.js";

const id = [3, 4, 5];
const user = { role: "admin", firstName: "Alex" };

const queryOf = (url = "") => url.slice(`${BASE_URL}/list`.length);

describe("by default", () => {
  test.each([
    [{ id: 5 }, "?id=5"],
    [{ id, other: "x" }, "?id=3&id=4&id=5&other=x"],
    [{ user }, "?user[role]=admin&user[firstName]=Alex"],
    [{ zero: 0, no: false, empty: "" }, "?zero=0&no=false&empty="],
    [{ none: null, unset: undefined, list: [], kept: 1 }, "?kept=1"],
    [{ text: "a b&c=d/ä" }, "?text=a%20b%26c%3Dd%2F%C3%A4"],
    [{}, ""],
    [undefined, ""],
  ])("%j is %s", async (query, expected) => {
    const { requests } = await both((client) => client.GET("/list", { params: query ? { query } : {} }));
    expect(requests.map(({ url }) => queryOf(url))).toEqual([expected]);
  });

  test.each([[{ deep: [{ a: 1 }] }], [{ deep: { a: { b: 1 } } }]])(
    "%j is refused before anything is sent",
    async (query) => {
      const { requests, outcome } = await both((client) => client.GET("/list", { params: { query } }));
      expect(requests).toEqual([]);
      expect(outcome).toHaveProperty("threw.message", expect.stringContaining("Deeply-nested"));
    },
  );
});

describe("styles", () => {
  const arrays = [
    ["form", true, "?id=3&id=4&id=5"],
    ["form", false, "?id=3,4,5"],
    ["spaceDelimited", true, "?id=3&id=4&id=5"],
    ["spaceDelimited", false, "?id=3%204%205"],
    ["pipeDelimited", true, "?id=3&id=4&id=5"],
    ["pipeDelimited", false, "?id=3|4|5"],
  ] as const;
  const objects = [
    ["form", true, "?role=admin&firstName=Alex"],
    ["form", false, "?user=role,admin,firstName,Alex"],
    ["deepObject", true, "?user[role]=admin&user[firstName]=Alex"],
    ["deepObject", false, "?user[role]=admin&user[firstName]=Alex"],
  ] as const;

  const written = (query: object) => async (querySerializer: object) => {
    const params = { query: { ...query } };
    const ofCall = await both((client) => client.GET("/list", { params, querySerializer }));
    const ofClient = await both((client) => client.GET("/list", { params }), { querySerializer });
    return [ofCall, ofClient].map(({ requests }) => queryOf(requests[0]?.url));
  };

  test.each(arrays)("an array as %s, exploded: %s", async (style, explode, expected) => {
    expect(await written({ id })({ array: { style, explode } })).toEqual([expected, expected]);
  });

  test.each(objects)("an object as %s, exploded: %s", async (style, explode, expected) => {
    expect(await written({ user })({ object: { style, explode } })).toEqual([expected, expected]);
  });

  test("allowReserved", async () => {
    const text = written({ text: "a/b:c,d" });
    expect(await text({ allowReserved: true })).toEqual(["?text=a/b:c,d", "?text=a/b:c,d"]);
    expect(await text({ allowReserved: false })).toEqual(["?text=a%2Fb%3Ac%2Cd", "?text=a%2Fb%3Ac%2Cd"]);
  });

  test("a call's styles are added to those of the client", async () => {
    const querySerializer = { array: { style: "pipeDelimited", explode: false } } as const;
    const { requests } = await both(
      (client) =>
        client.GET("/list", {
          params: { query: { id, user } },
          querySerializer: { object: { style: "form", explode: true } },
        }),
      { querySerializer },
    );
    expect(queryOf(requests[0]?.url)).toBe("?id=3|4|5&role=admin&firstName=Alex");
  });
});

describe("a serializer that the caller gives", () => {
  const sorted = (query: object) => Object.keys(query).sort().join("+");
  const marked = (query: object) => `?${Object.keys(query).join("!")}`;
  const params = { query: { b: 1, a: 2 } };

  test("of the client, and of the call, which goes first; its own question mark is not doubled", async () => {
    const { requests } = await both(
      async (client) => {
        await client.GET("/list", { params });
        await client.GET("/list", { params, querySerializer: marked });
      },
      { querySerializer: sorted },
    );
    expect(requests.map(({ url }) => queryOf(url))).toEqual(["?a+b", "?b!a"]);
  });
});
