import { describe, expect, test } from "vitest";
import { anyClient } from "../../support/client.js";
import { both } from "./both.js";

const urls = (requests: { url: string }[]) => requests.map(({ url }) => url);

describe("of the client", () => {
  test.each([
    ["https://api.example", "https://api.example/things"],
    ["https://api.example/", "https://api.example/things"],
    ["https://api.example/v2", "https://api.example/v2/things"],
    ["https://api.example/v2/", "https://api.example/v2/things"],
    ["https://api.example:8443/a/b", "https://api.example:8443/a/b/things"],
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010/things"],
  ])("%s", async (baseUrl, expected) => {
    const { requests } = await both((client) => client.GET("/things"), { baseUrl });
    expect(urls(requests)).toEqual([expected]);
  });
});

test.each([
  ["https://api.example/v3", "https://api.example/v3/things"],
  ["https://api.example/v3/", "https://api.example/v3/things"],
  ["", "https://api.example/v2/things"],
])("of one call, on the same origin: %j", async (baseUrl, expected) => {
  const { requests } = await both(
    async (client) => {
      await client.GET("/things", { baseUrl });
      await client.GET("/things");
    },
    { baseUrl: "https://api.example/v2" },
  );
  expect(urls(requests)).toEqual([expected, "https://api.example/v2/things"]);
});

test("all slashes at its end are one", async () => {
  const { requests } = await both((client) => client.GET("/things"), { baseUrl: "https://api.example/v2" });
  const own: string[] = [];
  const fetch = async ({ url }: Request) => {
    own.push(url);
    return Response.json({});
  };
  await anyClient({ baseUrl: "https://api.example/v2///", fetch }).GET("/things");
  expect(own).toEqual(urls(requests));
});

test("what a path parameter holds does not lead to another origin", async () => {
  const path = { id: "//other.example/" };
  const { requests } = await both((client) => client.GET("/{id}", { params: { path } }));
  expect(urls(requests)).toEqual(["https://api.example/%2F%2Fother.example%2F"]);
});
