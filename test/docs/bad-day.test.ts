// Runs the programs of README and guides against failing servers: each one ends, and fails only with an error of the client.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { KonProError } from "konpro-client";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { listen } from "../support/listen.js";
import { programsOf } from "./blocks.js";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const folder = resolve(".cache/bad-day");
const files = ["README.md", ...(await readdir("docs/guide")).map((file) => join("docs/guide", file))];
const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
const programs = texts.flatMap(programsOf);

const json = (response: ServerResponse, status: number, body: object) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

const DAYS: Record<string, (response: ServerResponse) => unknown> = {
  "a refused key": (response) => json(response, 401, { error: { code: "INVALID_API_KEY" }, request_id: "req-1" }),
  "a gateway's 403": (response) => json(response, 403, { message: "Forbidden" }),
  "429 without end": (response) => json(response, 429, { error: { code: "RATE_LIMIT_EXCEEDED", message: "No." } }),
  HTML: (response) => response.writeHead(200, { "content-type": "text/html" }).end("<h1>Log in</h1>"),
  "no network": (response) => response.destroy(),
};

let server: Server;
beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  server = createServer((_, response) => respond(response));
  vi.stubEnv("KONPRO_API_KEY", "test-key-0000");
  vi.stubEnv("KONPRO_BASE_URL", await listen(server));
  for (const method of ["log", "warn", "error"] as const) vi.spyOn(console, method).mockReturnValue();
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

let respond: (response: ServerResponse) => unknown;

test.each(Object.entries(DAYS))("%s", { timeout: 60_000 }, async (name, day) => {
  respond = day;
  const runs = programs.map(async (code, index) => {
    const file = join(folder, `${name.replace(/\W/g, "-")}-${index}.ts`);
    await writeFile(file, `${code}\nexport {};\n`);
    const failure: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href).then(
      () => undefined,
      (error: unknown) => error,
    );
    return failure instanceof KonProError || failure === undefined ? [] : [`${failure} of\n${code}`];
  });
  expect((await Promise.all(runs)).flat()).toEqual([]);
  expect(programs.length).toBeGreaterThan(15);
});
