import { describe, expect, test } from "vitest";
import { both } from "./both.js";

test("the call's go before the client's, parameters before both, whatever their case", async () => {
  const { requests } = await both(
    (client) =>
      client.GET("/things", {
        headers: { "X-CALL": "call", "x-both": "call", "x-all": "call" },
        params: { header: { "X-All": "parameter" } },
      }),
    { headers: { "x-client": "client", "X-Both": "client", "x-all": "client" } },
  );
  expect(requests[0]?.headers).toEqual({
    "x-client": "client",
    "x-both": "call",
    "x-call": "call",
    "x-all": "parameter",
  });
});

describe("values", () => {
  test("of text, numbers, flags and lists", async () => {
    const values = { a: "text", b: "", c: 7, d: 0, e: true, f: false, g: ["a", "b"], h: [1, true] };
    const { requests } = await both((client) => client.GET("/things", { headers: values }));
    const expected = { a: "text", b: "", c: "7", d: "0", e: "true", f: "false", g: "a, b", h: "1, true" };
    expect(requests[0]?.headers).toEqual(expected);
  });

  test("null unsets a header of the client", async () => {
    const { requests } = await both((client) => client.GET("/things", { headers: { "X-CLIENT": null } }), {
      headers: { "x-client": "client", "x-other": "other" },
    });
    expect(requests[0]?.headers).toEqual({ "x-other": "other" });
  });

  test("null as a parameter unsets it too", async () => {
    const params = { header: { "x-client": null, "x-call": null } };
    const { requests } = await both((client) => client.GET("/things", { headers: { "x-call": "call" }, params }), {
      headers: { "x-client": "client" },
    });
    expect(requests[0]?.headers).toEqual({});
  });

  test("undefined changes nothing", async () => {
    const { requests } = await both((client) => client.GET("/things", { headers: { "x-client": undefined } }), {
      headers: { "x-client": "client" },
    });
    expect(requests[0]?.headers).toEqual({ "x-client": "client" });
  });

  test("one that no header can hold is the platform's own error", async () => {
    const { requests, outcome } = await both((client) => client.GET("/things", { headers: { "x-value": "a\nb" } }));
    expect(requests).toEqual([]);
    expect(outcome).toEqual({ threw: expect.any(TypeError) });
  });
});

test("Headers are taken as well", async () => {
  const { requests } = await both(
    (client) => client.GET("/things", { headers: new Headers({ "x-both": "call", "x-call": "call" }) }),
    { headers: new Headers({ "x-both": "client", "x-client": "client" }) },
  );
  expect(requests[0]?.headers).toEqual({ "x-both": "call", "x-call": "call", "x-client": "client" });
});

test("one call's headers do not stay for the next", async () => {
  const { requests } = await both(async (client) => {
    await client.GET("/things", { headers: { "x-call": "call" } });
    await client.GET("/things");
  });
  expect(requests.map(({ headers }) => headers)).toEqual([{ "x-call": "call" }, {}]);
});
