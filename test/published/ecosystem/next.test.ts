import { afterAll, beforeAll, expect, test } from "vitest";
import { type Api, SECRET, startApi } from "./api.js";
import { copyProgram, run, type Server, serve } from "./projects.js";

/** Different tenants per path, so that paths do not share cache entries. */
const tenants = { "/revalidated": ["a", "b"], "/forced": ["c", "d"], "/edge": ["e", "f"], "": ["g", "h"] } as const;

let api: Api;
let server: Server;
beforeAll(async () => {
  api = await startApi();
  const folder = copyProgram("next", "next/app", "next/next.config.mjs", "next/tsconfig.json");
  const keys = Object.values(tenants).flat();
  const env = Object.fromEntries(keys.map((tenant) => [`KONPRO_API_KEY_${tenant}`, `key-of-${tenant}`]));
  env.KONPRO_BASE_URL = api.url;
  const command = "../next/dist/bin/next"; // relative to the tools' node_modules/.bin
  await run(folder, env, command, "build");
  server = await serve(folder, env, command, "start", "--port", "0", "--hostname", "127.0.0.1");
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

/** Requests one tenant, another, and the first again; returns whose endpoints came back and how many requests reached the API. */
async function load(path: keyof typeof tenants) {
  const [one, other] = tenants[path];
  const before = api.requests.length;
  const pages: string[] = [];
  for (const tenant of [one, other, one]) {
    const response = await fetch(`${server.url}${path}/${tenant}`);
    pages.push(await response.text());
  }
  const owners = pages.map((page) => /key-of-(\w)/.exec(page)?.[1] ?? page);
  return { owners, requests: api.requests.length - before, pages };
}

test.each(["/revalidated", "/forced", "/edge"] as const)(
  "%s: each tenant gets its own endpoints, from the cache",
  async (path) => {
    const [one, other] = tenants[path];
    expect(await load(path)).toMatchObject({ owners: [one, other, one], requests: 2 });
  },
);

test("a page shows each tenant its own endpoints, and no secret", async () => {
  const { owners, pages } = await load("");
  expect(owners).toEqual(["g", "h", "g"]);
  expect(pages.join()).not.toContain(SECRET);
});
