// What goes over the wire and what comes back, seen by a real server.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test } from "vitest";
import { generateClient, loadClient } from "../support/generated-client.js";

const folder = ".cache/styles";
await generateClient("test/support/styles.yaml", folder);
const { createKonProClient } = await loadClient(folder);

const seen = { line: "", headers: {} as Record<string, unknown>, body: "" };
let answer: { type: string; body: string };
const server = createServer(async (request, response) => {
  seen.line = `${request.method} ${request.url}`;
  seen.headers = request.headers;
  seen.body = "";
  for await (const chunk of request) seen.body += chunk;
  response.writeHead(200, { "content-type": answer.type, "content-length": Buffer.byteLength(answer.body) });
  response.end(answer.body);
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
afterAll(() => server.close());
beforeEach(() => {
  answer = { type: "application/json", body: '{"ok":true}' };
});

const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const client = createKonProClient({ apiKey: "test-key-0000", baseUrl });
/** Calls a method by its name: the compiler does not know the operations of this contract. */
const call = (id: string, ...args: unknown[]): Promise<unknown> => Reflect.get(client, id)(...args);

const path = { id: "1", ids: ["1"], pair: { x: 1 } };

test.each<[string, object, string]>([
  ["a value in a path", { path: { ...path, id: "a/b c" } }, "/styles/a%2Fb%20c/1/x,1"],
  ["a list in a path", { path: { ...path, ids: [1, "2,3"] } }, "/styles/1/1,2%2C3/x,1"],
  ["an object in a path", { path: { ...path, pair: { x: 1, y: "b c" } } }, "/styles/1/1/x,1,y,b%20c"],
  ["a value in the query, whatever `explode` says", { path, query: { one: "a&b" } }, "/styles/1/1/x,1?one=a%26b"],
  ["a list in the query", { path, query: { list: ["a", "b,c"] } }, "/styles/1/1/x,1?list=a&list=b%2Cc"],
  [
    "a deep object in the query",
    { path, query: { filter: { from: "a b", to: 2 } } },
    "/styles/1/1/x,1?filter[from]=a%20b&filter[to]=2",
  ],
])("%s", async (_, params, url) => {
  expect(await call("stylesRead", { params })).toEqual({ ok: true });
  expect(seen.line).toBe(`GET ${url}`);
});

test("a value in a header", async () => {
  await call("stylesRead", { params: { path, header: { "X-Count": 3 } } });
  expect(seen.headers).toMatchObject({ "x-count": "3", accept: "application/json" });
});

test.each([
  ["JSON", "sendJson", "application/json"],
  ["a +json type under its own name", "sendRaw", "application/vnd.raw+json"],
])("a body: %s", async (_, id, type) => {
  await call(id, { body: { a: [1] } });
  expect(seen).toMatchObject({ headers: { "content-type": type }, body: '{"a":[1]}' });
});

test.each(["1,2", "", "{}"])("text is text, by method and by path: %j", async (body) => {
  answer = { type: "text/plain", body };
  expect(await call("sendRaw")).toBe(body);
  expect(await call("request", "post", "/raw")).toMatchObject({ data: body });
});

test.each(["\0\x01", ""])("bytes are a Blob: %j", async (body) => {
  answer = { type: "application/octet-stream", body };
  const blob = await call("sendJson");
  expect(blob).toBeInstanceOf(Blob);
  expect(await (blob as Blob).text()).toBe(body);
});

test("parseAs goes first", async () => {
  answer = { type: "application/octet-stream", body: "ab" };
  expect(await call("sendJson", { parseAs: "text" })).toBe("ab");
});
