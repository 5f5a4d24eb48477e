import type { Middleware } from "openapi-fetch";
import { expect, test } from "vitest";
import { both } from "./both.js";

const mark = (name: string): Middleware => ({ onRequest: ({ request }) => request.headers.append("x-way", name) });
const ways = (requests: { headers: Record<string, string> }[]) => requests.map(({ headers }) => headers["x-way"]);

test("eject takes out those it is given, and no other", async () => {
  const [a, b, c] = [mark("a"), mark("b"), mark("c")];
  const { requests } = await both(async (client) => {
    client.use(a, b, c);
    client.eject(a, c);
    await client.GET("/things");
    client.eject(b, mark("never used"));
    await client.GET("/things");
    client.use(c);
    await client.GET("/things");
  });
  expect(ways(requests)).toEqual(["b", undefined, "c"]);
});

test("one that is used twice comes by twice, and eject takes out one of them", async () => {
  const a = mark("a");
  const { requests } = await both(async ({ use, eject, GET }) => {
    use(a, a); // without this
    await GET("/things");
    eject(a);
    await GET("/things");
  });
  expect(ways(requests)).toEqual(["a, a", "a"]);
});

test("what is no middleware is refused, nothing is passed over", async () => {
  const { requests, outcome } = await both((client) => {
    client.use(JSON.parse("null"));
    client.use(JSON.parse('{"onRequst": "misspelt"}'));
  });
  expect(requests).toEqual([]);
  expect(outcome).toHaveProperty("threw.message", expect.stringContaining("Middleware must be an object"));
});
