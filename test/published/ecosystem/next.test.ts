import { afterAll, beforeAll, expect, test } from "vitest";
import { type Api, SECRET, startApi } from "./api.js";
import { copyProgram, run, type Server, serve } from "./projects.js";

/** Others for each path, since a path would find in the cache what another one asked for. */
const tenants = { "/revalidated": ["a", "b"], "/forced": ["c", "d"], "/edge": ["e", "f"], "": ["g", "h"] } as const;

let api: Api;
let server: Server;
beforeAll(async () => {
  api = await startApi();
  const folder = copyProgram("next", "next/app", "next/next.config.mjs", "next/tsconfig.json");
  const keys = Object.values(tenants).flat();
  const env = Object.fromEntries(keys.map((tenant) => [`KONPRO_API_KEY_${tenant}`, `key-of-${tenant}`]));
  env.KONPRO_BASE_URL = api.url;
  const command = "../next/dist/bin/next"; // from the tools' folder of commands
  await run(folder, env, command, "build");
  server = await serve(folder, env, command, "start", "--port", "0", "--hostname", "127.0.0.1");
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

/** Asks for one tenant, another, and the first again; gives whose endpoints came, and how often the API was asked for them. */
async function ask(path: keyof typeof tenants) {
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
  "%s: each tenant gets its own, from the cache",
  async (path) => {
    const [one, other] = tenants[path];
    expect(await ask(path)).toMatchObject({ owners: [one, other, one], requests: 2 });
  },
);

test("a page shows each tenant its own, and no secret", async () => {
  const { owners, pages } = await ask("");
  expect(owners).toEqual(["g", "h", "g"]);
  expect(pages.join()).not.toContain(SECRET);
});
