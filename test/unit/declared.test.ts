import { describe, expect, test, vi } from "vitest";
import { keyHeader } from "../../generated/operations.js";
import { promisesBody, responseKey } from "../../src/declared.js";
import { anyClient, connectTo, KEY } from "../support/client.js";

test.each<[string[], number, string | undefined]>([
  [["200", "2XX", "default"], 200, "200"],
  [["200", "2XX", "default"], 299, "2XX"],
  [["200", "default"], 201, undefined],
  [["200", "default"], 399, undefined],
  [["200", "default"], 400, "default"],
  [["404", "default"], 201, undefined],
  [["404"], 400, undefined],
])("of %j, %i falls under %s", (declared, status, key) => {
  expect(responseKey(Object.fromEntries(declared.map((name) => [name, {}])), status)).toBe(key);
});

test.each<[Record<string, boolean>, number, boolean]>([
  [{}, 200, true],
  [{ 200: true, "2XX": false }, 200, true],
  [{ 200: true, "2XX": false }, 202, false],
  [{ 204: false }, 200, false],
  [{ 200: true, 204: false }, 204, false],
  [{ 200: true, 204: false }, 202, true],
])("where the 2xx responses with a body are %j, %i promises a body: %s", (bodies, status, promised) => {
  expect(promisesBody(bodies, status)).toBe(promised);
});

describe("through the client", () => {
  const empty = (status: number) => new Response(null, { status });

  /** Calls an operation of the fixture's contract: what was sent, and how it ended. */
  async function call(id: string, answer: Response, init: object = {}) {
    const apiKey = vi.fn(() => KEY);
    const fetch = vi.fn(async (_request: Request) => answer);
    const { konpro } = connectTo("https://api.example", { apiKey, fetch });
    const method: (init: object) => Promise<unknown> = Reflect.get(konpro, id);
    const outcome = await method({ params: { path: { id: "1" } }, ...init }).catch((error: unknown) => error);
    return { outcome, asked: apiKey.mock.calls.length, key: fetch.mock.lastCall?.[0].headers.get(keyHeader) };
  }

  test.each([
    ["deleteThing", 204],
    ["deleteThing", 200],
    ["replaceThing", 202],
    ["replaceThing", 204],
    ["peekThing", 200],
  ])("%s: %i comes without a body, and that is fine", async (id, status) => {
    expect(await call(id, empty(status))).toEqual({ outcome: undefined, asked: 1, key: KEY });
  });

  test.each([
    ["listThings", 200],
    ["listThings", 204],
    ["replaceThing", 200],
    ["createThing", 201],
    ["ping", 200],
  ])("%s: %i promises a body", async (id, status) => {
    const { outcome } = await call(id, empty(status), id === "createThing" ? { body: {} } : {});
    expect(outcome).toMatchObject({ name: "KonProResponseError", status });
    expect(outcome).toHaveProperty("message", expect.stringMatching(/body is missing/));
  });

  test("only a body that is parsed is missed", async () => {
    const answer = new Response(null, { headers: { "content-length": "0" } });
    expect((await call("listThings", answer, { parseAs: "text" })).outcome).toBeUndefined();
    expect((await call("listThings", empty(200), { parseAs: "text" })).outcome).toBe("");
  });

  test("what the contract does not describe promises nothing: another path, another method", async () => {
    const client = anyClient({ fetch: async () => empty(200) });
    expect(await client.GET("/elsewhere")).toMatchObject({ data: undefined });
    expect(await client.HEAD("/things")).toMatchObject({ data: undefined });
  });

  test("an operation without security is called without a key, and none is asked for", async () => {
    expect(await call("ping", Response.json({ pong: true }))).toEqual({ outcome: { pong: true }, asked: 0, key: null });
  });
});
