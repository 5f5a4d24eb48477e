// The client on a contract with what this API does not have yet: answers without a body, calls without a key.
import { afterAll, expect, test, vi } from "vitest";

// Test files share their modules: this one needs its own, and leaves none behind.
vi.resetModules();
afterAll(() => {
  vi.doUnmock("../../generated/operations.js");
  vi.resetModules();
});

vi.doMock("../../generated/operations.js", () => ({
  server: "https://api.example",
  keyHeader: "x-fake-key",
  secretMembers: [],
  operations: {
    removeThing: { method: "delete", path: "/things/{id}", bodyless: ["204", "205"] },
    touchThing: { method: "put", path: "/things/{id}", bodyless: ["2XX"] },
    peekThing: { method: "head", path: "/things/{id}" },
    ping: { method: "get", path: "/ping", keyless: true },
  },
}));

const { createKonProClient } = await import("../../src/client.js");

/** Calls an operation of the contract above; what was sent, and how it ended. */
async function call(id: string, answer: Response) {
  const requests: Request[] = [];
  const apiKey = vi.fn(() => "fake-key-0000");
  const fetch = async (request: Request, init?: RequestInit) => {
    requests.push(new Request(request, init));
    return answer;
  };
  const konpro = createKonProClient({ apiKey, fetch });
  const method: (init: object) => Promise<unknown> = Reflect.get(konpro, id);
  const outcome = await method({ params: { path: { id: "1" } } }).catch((error: unknown) => error);
  return { outcome, asked: apiKey.mock.calls.length, key: requests[0]?.headers.get("x-fake-key") };
}

const empty = (status: number) => new Response(null, { status });

test.each([
  ["removeThing", 204],
  ["touchThing", 200],
  ["touchThing", 204],
  ["peekThing", 200],
])("%s: %i comes without a body, and that is fine", async (id, status) => {
  expect(await call(id, empty(status))).toEqual({ outcome: undefined, asked: 1, key: "fake-key-0000" });
});

test("only a body that is parsed is missed", async () => {
  const fetch = async () => new Response(null, { headers: { "content-length": "0" } });
  const konpro = createKonProClient({ apiKey: "fake-key-0000", fetch });
  const GET: (path: string, init: object) => Promise<object> = Reflect.get(konpro, "GET");
  expect(await GET("/ping", { parseAs: "text" })).toEqual({ data: undefined, response: expect.any(Response) });
  await expect(GET("/ping", {})).rejects.toMatchObject({ name: "KonProResponseError" });
});

test.each([
  ["removeThing", 200],
  ["ping", 204],
])("%s: %i promises a body", async (id, status) => {
  expect((await call(id, empty(status))).outcome).toMatchObject({ name: "KonProResponseError", status });
});

test("a call without a key sends none and asks for none", async () => {
  expect(await call("ping", Response.json({ pong: true }))).toEqual({ outcome: { pong: true }, asked: 0, key: null });
});
