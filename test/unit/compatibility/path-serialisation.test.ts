import { describe, expect, test } from "vitest";
import { BASE_URL } from "../../support/client.js";
import { both } from "./both.js";

const list = [3, 4, 5];
const object = { role: "admin", firstName: "Alex" };

describe("the styles of OpenAPI", () => {
  test.each([
    ["{id}", 5, "5"],
    ["{id}", list, "3,4,5"],
    ["{id}", object, "role,admin,firstName,Alex"],
    ["{id*}", 5, "5"],
    ["{id*}", list, "3,4,5"],
    ["{id*}", object, "role=admin,firstName=Alex"],
    ["{.id}", 5, ".5"],
    ["{.id}", list, ".3,4,5"],
    ["{.id}", object, ".role,admin,firstName,Alex"],
    ["{.id*}", 5, ".5"],
    ["{.id*}", list, ".3.4.5"],
    ["{.id*}", object, ".role=admin.firstName=Alex"],
    ["{;id}", 5, ";id=5"],
    ["{;id}", list, ";id=3,4,5"],
    ["{;id}", object, ";id=role,admin,firstName,Alex"],
    ["{;id*}", 5, ";id=5"],
    ["{;id*}", list, ";id=3;id=4;id=5"],
    ["{;id*}", object, ";role=admin;firstName=Alex"],
  ])("%s of %j is %s", async (template, id, expected) => {
    const { requests } = await both((client) => client.GET(`/users/${template}/end`, { params: { path: { id } } }));
    expect(requests.map(({ url }) => url)).toEqual([`${BASE_URL}/users/${expected}/end`]);
  });
});

describe("values", () => {
  test.each([
    ["a/b?c#d", "a%2Fb%3Fc%23d"],
    ["ä €", "%C3%A4%20%E2%82%AC"],
    ["$& $1", "%24%26%20%241"],
    ["100%", "100%25"],
    [0, "0"],
    [false, "false"],
  ])("%j is sent as %s", async (id, expected) => {
    const { requests } = await both((client) => client.GET("/users/{id}/end", { params: { path: { id } } }));
    expect(requests[0]?.url).toBe(`${BASE_URL}/users/${expected}/end`);
  });
});

test("several parameters, and one that no template names", async () => {
  const path = { owner: "me", name: "it", other: "unused" };
  const { requests } = await both((client) => client.GET("/{owner}/{name}.json", { params: { path } }));
  expect(requests[0]?.url).toBe(`${BASE_URL}/me/it.json`);
});

describe("pathSerializer", () => {
  const upper = (template: string, params: Record<string, unknown>) =>
    template.replace("{id}", `${params.id}`.toUpperCase());
  const dashed = (template: string, params: Record<string, unknown>) => template.replace("{id}", `-${params.id}-`);
  const params = { path: { id: "abc" } };

  test("of the client", async () => {
    const { requests } = await both((client) => client.GET("/users/{id}", { params }), { pathSerializer: upper });
    expect(requests[0]?.url).toBe(`${BASE_URL}/users/ABC`);
  });

  test("of the call, which goes first", async () => {
    const { requests } = await both((client) => client.GET("/users/{id}", { params, pathSerializer: dashed }), {
      pathSerializer: upper,
    });
    expect(requests[0]?.url).toBe(`${BASE_URL}/users/-abc-`);
  });
});
