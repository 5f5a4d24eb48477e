// What errors say, word for word: it is what users read, search for and paste.
import { expect, test } from "vitest";
import { connectTo, KEY, WHERE } from "../support/calls.js";

const json = (status: number, body: unknown) => () => new Response(JSON.stringify(body), { status });
const typed = (status: number, text: string) => () =>
  new Response(text, { status, headers: { "content-type": "text/x" } });
const failing = (cause: unknown) => () => Promise.reject(cause);
const unread = new ReadableStream({ start: (controller) => controller.error(new TypeError("terminated")) });

/** What the method throws when `fetch` does this, at the first attempt and the last. */
async function failure(fetch: () => Response | Promise<Response>): Promise<Error> {
  const { method } = connectTo("https://api.example", { maxRetries: 0, fetch: async () => fetch() });
  const error = await method().catch((error: unknown) => error);
  if (!(error instanceof Error)) throw new Error("The call should have failed.");
  return error;
}

test.each<[() => Response | Promise<Response>, string]>([
  [json(400, { message: " padded " }), "400 padded"],
  [json(400, { error: { code: "BAD", message: "no" }, request_id: "r1" }), "400 BAD: no (request r1)"],
  [json(400, { error: 7 }), "400 7"],
  [json(400, { error: true }), "400 no explanation"],
  [json(400, { error: " <p>" }), "400 no explanation"],
  [json(401, { error: "no" }), "401 no Check the API key."],
  [typed(200, "<p>"), "200, but the body is not JSON (content type: text/x)."],
  [typed(200, ""), "200, but the body is missing (content type: text/x)."],
  [failing(new TypeError("fetch failed")), "no answer: fetch failed."],
  [failing(new TypeError("fetch failed", { cause: new Error("deep") })), "no answer: fetch failed: deep."],
  [failing(new TypeError("failed", { cause: { code: "ECODE", message: "deep" } })), "no answer: failed: ECODE."],
  [failing({}), "no answer: unknown."],
  [() => new Response(unread), "the 200 answer broke off: terminated."],
  [() => new Response(null, { status: 302 }), "redirect refused (302)."],
  [() => new Response(null, { status: 302, headers: { location: "//" } }), "redirect refused (302)."],
])("%#: %o", async (fetch, message) => {
  expect((await failure(fetch)).message).toBe(`${WHERE}: ${message}`);
});

test("a cause that says more is kept", async () => {
  const network = new TypeError("fetch failed");
  expect((await failure(failing(network))).cause).toBe(network);
  expect((await failure(typed(200, "<p>"))).cause).toMatchObject({ name: "SyntaxError" });
  expect(await failure(typed(200, ""))).not.toHaveProperty("cause");
  const terminated = () => new Response(new ReadableStream({ start: (controller) => controller.error(network) }));
  expect((await failure(terminated)).cause).toBe(network);
});

test("an apiKey function that fails", async () => {
  const cause = new Error("the vault is shut");
  const { method } = connectTo("https://api.example", { apiKey: () => Promise.reject(cause) });
  const message = `${WHERE}: not sent: the apiKey function failed.`;
  await expect(method()).rejects.toMatchObject({ name: "KonProError", message, cause });
});

test("GET's error where there is no text at all", async () => {
  const { GET } = connectTo("https://api.example", {
    maxRetries: 0,
    fetch: async () => new Response(null, { status: 404 }),
  });
  expect((await GET()).error).toBe("404");
});

test("what a parser quotes of the body is not shown", async () => {
  const { cause } = await failure(typed(200, "hunter2 is no JSON"));
  expect(cause).toHaveProperty("message", expect.stringContaining("[redacted]"));
  expect(`${cause} ${Reflect.get(Object(cause), "stack")}`).not.toMatch(/hunter2|"h/);
});

test("a text that is too long is cut, and no half of a key is left", async () => {
  const { message } = await failure(json(400, { message: `${"x".repeat(490)}${KEY}${"y".repeat(500)}` }));
  expect(message).toBe(`${WHERE}: 400 ${"x".repeat(490)}[redacted]`);
});

test("a key under 8 characters is left alone", async () => {
  const answer = { error: { message: "abc1234 and abc12345" } };
  const { method } = connectTo("https://api.example", { apiKey: "abc1234", fetch: async () => json(400, answer)() });
  await expect(method()).rejects.toThrow("400 abc1234 and abc12345");
  const { method: longer } = connectTo("https://api.example", {
    apiKey: "abc12345",
    fetch: async () => json(400, answer)(),
  });
  await expect(longer()).rejects.toThrow("400 abc1234 and [redacted]");
});

test("the key is found in texts of an error that come from its class", async () => {
  const cause: unknown = (await failure(failing(new DOMException(`bad ${KEY}`, "DataError")))).cause;
  expect(cause).toMatchObject({ name: "DataError", message: "bad [redacted]" });
});
