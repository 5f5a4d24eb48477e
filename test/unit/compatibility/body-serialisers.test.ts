import { describe, expect, test } from "vitest";
import { both } from "./both.js";

const contentType = "content-type";

describe("JSON, by default", () => {
  test.each([[{ name: "a", nested: { list: [1, null] } }], [[1, 2]], ["text"], [""], [0], [false], [null]])(
    "%j",
    async (body) => {
      const { requests } = await both((client) => client.PUT("/things", { body }));
      expect(requests).toMatchObject([{ body: JSON.stringify(body), headers: { [contentType]: "application/json" } }]);
    },
  );

  test("no body, no content type", async () => {
    const { requests } = await both((client) => client.POST("/other"));
    expect(requests[0]?.body).toBe("");
    expect(requests[0]?.headers).not.toHaveProperty(contentType);
  });

  test("its content type can be set, and unset", async () => {
    const { requests } = await both(async (client) => {
      await client.PUT("/things", { body: {}, headers: { "Content-Type": "application/merge-patch+json" } });
      await client.PUT("/things", { body: {}, headers: { "Content-Type": null } });
    });
    const types = requests.map(({ headers }) => headers[contentType]);
    expect(types).toEqual(["application/merge-patch+json", "text/plain;charset=UTF-8"]);
  });

  test("a body that GET cannot have is the platform's own error", async () => {
    const { requests, outcome } = await both((client) => client.GET("/things", { body: {} }));
    expect(requests).toEqual([]);
    expect(outcome).toEqual({ threw: expect.any(TypeError) });
  });
});

test.each(["Content-Type", "content-type"])("a form, by its %s", async (name) => {
  const headers = { [name]: "application/x-www-form-urlencoded" };
  const { requests } = await both((client) => client.POST("/things", { body: { a: "1 2", b: "&" }, headers }));
  expect(requests).toMatchObject([
    { body: "a=1+2&b=%26", headers: { [contentType]: "application/x-www-form-urlencoded" } },
  ]);
});

test("FormData is left to the platform", async () => {
  const body = new FormData();
  body.append("name", "value");
  body.append("file", "text");
  const { requests } = await both((client) => client.POST("/things", { body }));
  expect(requests[0]?.headers[contentType]).toMatch(/^multipart\/form-data; boundary=/);
  expect(requests[0]?.body).toEqual([
    ["name", "value"],
    ["file", "text"],
  ]);
});

describe("bodySerializer", () => {
  test.each([
    ["a text", (body: unknown) => `<${JSON.stringify(body)}>`, '<{"a":1}>'],
    ["bytes", () => new TextEncoder().encode("bytes"), "bytes"],
    ["a Blob", () => new Blob(["blob"], { type: "image/png" }), "blob"],
    ["URLSearchParams", () => new URLSearchParams({ q: "1" }), "q=1"],
  ])("makes %s", async (_, bodySerializer, expected) => {
    const { requests } = await both((client) => client.PUT("/things", { body: { a: 1 }, bodySerializer }));
    expect(requests).toMatchObject([{ body: expected, headers: { [contentType]: "application/json" } }]);
  });

  test("makes FormData of an object", async () => {
    const bodySerializer = (body: unknown) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(Object(body))) form.append(name, String(value));
      return form;
    };
    const { requests } = await both((client) => client.POST("/things", { body: { a: 1 }, bodySerializer }));
    expect(requests[0]?.body).toEqual([["a", "1"]]);
  });

  test("of the client, and of the call, which goes first; not asked without a body", async () => {
    const { requests } = await both(
      async (client) => {
        await client.PUT("/things", { body: 1 });
        await client.PUT("/things", { body: 1, bodySerializer: () => "call" });
        await client.PUT("/things");
      },
      { bodySerializer: () => "client" },
    );
    expect(requests.map(({ body }) => body)).toEqual(["client", "call", ""]);
  });

  test("is told the merged headers", async () => {
    const told: unknown[] = [];
    const bodySerializer = (_: unknown, headers?: unknown) => {
      if (headers instanceof Headers) told.push(Object.fromEntries(headers));
      return "";
    };
    await both(
      (client) =>
        client.PUT("/things", { body: 1, bodySerializer, headers: { b: "2" }, params: { header: { c: "3" } } }),
      { headers: { a: "1" } },
    );
    expect(told).toEqual([
      { a: "1", b: "2", c: "3" },
      { a: "1", b: "2", c: "3" },
    ]);
  });

  test("its error is passed on as it is", async () => {
    const error = new RangeError("cannot be serialised");
    const bodySerializer = () => {
      throw error;
    };
    const { requests, outcome } = await both((client) => client.PUT("/things", { body: 1, bodySerializer }));
    expect(requests).toEqual([]);
    expect(outcome).toHaveProperty("threw", error);
  });
});
