// konpro-client/testing on a contract with all that this API does not have yet.
import { afterAll, beforeEach, expect, test, vi } from "vitest";

// Test files share their modules: this one needs its own, and leaves none behind.
vi.resetModules();
afterAll(() => {
  vi.doUnmock("../../generated/operations.js");
  vi.doUnmock("../../generated/examples.js");
  vi.resetModules();
});

vi.doMock("../../generated/operations.js", () => ({
  operations: {
    getThing: { method: "get", path: "/things/{id}" },
    searchThings: { method: "get", path: "/things/search.all" },
    headThing: { method: "head", path: "/things/{id}" },
    deleteThing: { method: "delete", path: "/things/{id}" },
    nestedThing: { method: "get", path: "/owners/{owner}/things/{id}" },
    report: { method: "post", path: "/report" },
    fail: { method: "put", path: "/fail" },
  },
}));
vi.doMock("../../generated/examples.js", () => {
  const json = (examples: object) => ({ mediaType: "application/json", examples });
  return {
    examples: {
      getThing: { "2XX": json({ one: { id: 1 } }), "4XX": json({ bad: { wrong: true } }) },
      searchThings: { 200: json({ found: [] }) },
      headThing: { 200: json({ one: { id: 1 } }) },
      deleteThing: { 204: { examples: {} } },
      nestedThing: { 200: json({}) },
      fail: { default: json({}) },
      report: { 200: { mediaType: "text/csv", examples: { csv: "a,b" } } },
    },
  };
});

const { createMockApi } = await import("konpro-client/testing");
let { fetch, requests, reply } = createMockApi();
beforeEach(() => {
  ({ fetch, requests, reply } = createMockApi());
});
const get = async (path: string, init?: RequestInit) => {
  const response = await fetch(`https://api.example/v1${path}`, init);
  return [response.status, await response.text(), response.headers.get("content-type")];
};

test.each([
  ["GET", "/things/1", [200, '{"id":1}', "application/json"]],
  ["GET", "/things/search.all", [200, "[]", "application/json"]],
  ["HEAD", "/things/1", [200, "", "application/json"]],
  ["DELETE", "/things/a%2Fb", [204, "", null]],
  ["POST", "/report", [200, "a,b", "text/csv"]],
])("%s %s", async (method, path, answer) => {
  expect(await get(path, { method, ...(method === "POST" && { body: "{}" }) })).toEqual(answer);
});

test("the longer path wins", async () => {
  await expect(get("/owners/o/things/1")).rejects.toThrow("nestedThing 200 has no example: give a body.");
  expect(requests.at(-1)?.operation).toBe("nestedThing");
});

test("a request's body can be read", async () => {
  await get("/report", { method: "POST", body: '{"of":"all"}' });
  expect(await requests.at(-1)?.request.json()).toEqual({ of: "all" });
});

test("a range begins with its hundred, and holds for all of it", async () => {
  Reflect.apply(reply, undefined, ["getThing", { example: "bad" }, { status: 451 }]);
  expect(await get("/things/1")).toEqual([400, '{"wrong":true}', "application/json"]);
  expect(await get("/things/1")).toEqual([451, '{"wrong":true}', "application/json"]);
});

test("a query, and a port, do not matter; a longer path does", async () => {
  await expect(fetch("http://127.0.0.1:1/v1/things/search.all?q=1")).resolves.toHaveProperty("status", 200);
  await expect(fetch("http://127.0.0.1:1/v1/things/1/more")).rejects.toThrow("is no operation of the contract");
  await expect(fetch("http://127.0.0.1:1/v1/things/searchXall2/")).rejects.toThrow("is no operation of the contract");
});

test("what the contract does not have", async () => {
  const wrong = () => Reflect.apply(reply, undefined, ["searchThings", { status: 500 }]);
  expect(wrong).toThrow("searchThings has no response with status 500: it has 200.");
  await expect(get("/fail", { method: "PUT" })).rejects.toThrow(
    "fail has no response with status 2XX: it has default.",
  );
});
