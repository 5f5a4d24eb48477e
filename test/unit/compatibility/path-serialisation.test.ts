import { describe, expect, test } from "vitest";
import { type AnyClient, BASE_URL } from "../../support/client.js";
import { both } from "./both.js";

const list = [3, 4, 5];
const object = { role: "admin", firstName: "Alex" };

/** For each style: how a value, a list and an object are written. */
const STYLES = {
  "{id}": ["5", "3,4,5", "role,admin,firstName,Alex"],
  "{id*}": ["5", "3,4,5", "role=admin,firstName=Alex"],
  "{.id}": [".5", ".3,4,5", ".role,admin,firstName,Alex"],
  "{.id*}": [".5", ".3.4.5", ".role=admin.firstName=Alex"],
  "{;id}": [";id=5", ";id=3,4,5", ";id=role,admin,firstName,Alex"],
  "{;id*}": [";id=5", ";id=3;id=4;id=5", ";role=admin;firstName=Alex"],
};

test.each(Object.entries(STYLES))("%s is written %j", async (template, expected) => {
  const { requests } = await both(async (client) => {
    for (const id of [5, list, object]) await client.GET(`/users/${template}/end`, { params: { path: { id } } });
  });
  expect(requests.map(({ url }) => url)).toEqual(expected.map((segment) => `${BASE_URL}/users/${segment}/end`));
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

  test("of the client, and of the call, which goes first", async () => {
    const use = async (client: AnyClient) => {
      await client.GET("/users/{id}", { params });
      await client.GET("/users/{id}", { params, pathSerializer: dashed });
    };
    const { requests } = await both(use, { pathSerializer: upper });
    expect(requests.map(({ url }) => url)).toEqual([`${BASE_URL}/users/ABC`, `${BASE_URL}/users/-abc-`]);
  });
});
