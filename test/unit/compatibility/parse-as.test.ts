import { describe, expect, test } from "vitest";
import { both } from "./both.js";

const text = '{"a":[1,"ä"]}';

describe.each([
  ["without a length", {}],
  ["with a length", { "content-length": String(new TextEncoder().encode(text).length) }],
])("a success %s", (_, headers) => {
  const answer = () => new Response(text, { headers: { ...headers, "content-type": "application/json" } });

  test.each([
    ["json", JSON.parse(text)],
    ["text", text],
    ["blob", { blob: text, type: "application/json" }],
    ["arrayBuffer", { arrayBuffer: text }],
    ["stream", { stream: text }],
  ] as const)("as %s", async (parseAs, data) => {
    const { outcome } = await both((client) => client.GET("/things", { parseAs }), { answer });
    expect(outcome).toMatchObject({ data });
  });

  test("by default as json", async () => {
    const { outcome } = await both((client) => client.GET("/things"), { answer });
    expect(outcome).toMatchObject({ data: JSON.parse(text) });
  });
});

test.each([["null"], ["0"], ["false"], ['""'], ["[]"]])("JSON that is %s", async (body) => {
  const { outcome } = await both((client) => client.GET("/things"), { answer: () => new Response(body) });
  expect(outcome).toHaveProperty("data", JSON.parse(body));
});

test("JSON with another content type", async () => {
  const answer = () => new Response(text, { headers: { "content-type": "text/html" } });
  const { outcome } = await both((client) => client.GET("/things"), { answer });
  expect(outcome).toHaveProperty("data", JSON.parse(text));
});

describe.each(["json", "text", "stream"] as const)("an error status, the call asking for %s", (parseAs) => {
  test.each([
    [text, JSON.parse(text)],
    ['"text"', "text"],
    ["<html>", "<html>"],
    ["{cut", "{cut"],
  ])("%s", async (body, error) => {
    const answer = () => new Response(body, { status: 404 });
    const { outcome } = await both((client) => client.GET("/things", { parseAs }), { answer });
    expect(outcome).toMatchObject({ error, response: { status: 404 } });
    expect(outcome).not.toHaveProperty("data");
  });
});

describe("no body, where the contract promises none", () => {
  test.each([
    ["204", () => new Response(null, { status: 204 })],
    ["a length of 0", () => new Response("", { headers: { "content-length": "0" } })],
    ["an empty text", () => new Response("")],
  ])("%s", async (_, answer) => {
    const { outcome } = await both((client) => client.DELETE("/things"), { answer });
    expect(outcome).toHaveProperty("data", undefined);
    expect(outcome).not.toHaveProperty("error");
  });

  test("an answer to HEAD", async () => {
    const answer = () => new Response(null, { headers: { "content-length": "7" } });
    const { requests, outcome } = await both((client) => client.HEAD("/things"), { answer });
    expect(requests).toMatchObject([{ method: "HEAD" }]);
    expect(outcome).toMatchObject({ data: undefined, response: { headers: { "content-length": "7" } } });
  });
});
