// The conformance program on every runtime, from the installed tarball.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "../../docs/browser.js";
import { temporaryFolder } from "../package/install.js";
import { startServers } from "./servers.js";

const folder = resolve("test/published");
const bin = (path: string) => join(folder, "node_modules", path);
const node = (name: string) => bin(`${name}/bin/node`);
const version = (name: string): string => JSON.parse(readFileSync(bin(`${name}/package.json`), "utf8")).version;
const unset = { KONPRO_API_KEY: undefined, KONPRO_BASE_URL: undefined };
const env = { ...process.env, ...unset, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };

/** The program's results, and the runtime's console output. */
interface Run {
  /** The file that the runtime, or the bundler for it, loaded. */
  loaded: string;
  /** For each check "ok" or the problem. */
  checks: Record<string, string>;
  printed: string;
}

/** Runs a command and returns all its output and the last line. */
function execute(file: string, ...words: string[]): Promise<{ printed: string; last: string }> {
  return new Promise((done, failed) => {
    execFile(
      file,
      words,
      { cwd: join(folder, "runtimes/programs"), env, timeout: 300_000 },
      (error, stdout, stderr) => {
        if (error) failed(new Error(stderr || `ended by ${error.signal ?? error.code}`));
        else done({ printed: stdout + stderr, last: stdout.trim().split("\n").at(-1) ?? "" });
      },
    );
  });
}

async function run(file: string, ...words: string[]): Promise<Run> {
  const { printed, last } = await execute(file, ...words);
  return { ...JSON.parse(last), printed };
}

/** Bundles for a platform without `node:` modules and polyfills. */
async function bundle(entry: string): Promise<{ path: string; loaded: string }> {
  const path = join(temporaryFolder(), entry);
  const options = ["--bundle", "--format=esm", "--platform=browser", "--log-level=warning", `--outfile=${path}`];
  await execute(bin(".bin/esbuild"), entry, ...options);
  const [loaded = "nothing"] =
    readFileSync(path, "utf8").match(/(?<=^\/\/ .*)\bnode_modules\/konpro-client\/.*/m) ?? [];
  return { path, loaded };
}

async function runInWorker(config: string): Promise<Run> {
  const { path, loaded } = await bundle("worker.js");
  const { printed, last } = await execute(node("node26"), "workerd.js", config, path);
  return { loaded, checks: JSON.parse(last), printed };
}

async function runInPage(url: string, config: string): Promise<Run> {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    let printed = "";
    page.on("console", (message) => {
      printed += message.text();
    });
    await page.goto(url);
    const { path, loaded } = await bundle("page.js");
    await page.addScriptTag({ path, type: "module" });
    const checks = JSON.parse(String(await page.evaluate(`conformance(${config}).then(JSON.stringify)`)));
    return { loaded, checks, printed };
  } finally {
    await browser.close();
  }
}

const deno = ["run", "--no-lock", "--no-prompt", "--allow-net"]; // without access to the environment
const programs = { import: "import.js", require: "require.cjs" };

/** Each runtime's name, and how it runs the program. */
const runtimes: Record<string, (config: string) => Promise<Run>> = {};
for (const [way, file] of Object.entries(programs)) {
  for (const name of ["node20", "node22", "node24", "node26"])
    runtimes[`Node ${version(name)}, ${way}`] = (config) => run(node(name), file, config);
  runtimes[`Deno ${version("deno")}, ${way}`] = (config) => run(bin(".bin/deno"), ...deno, file, config);
  runtimes[`Bun ${version("bun")}, ${way}`] = (config) => run(bin(".bin/bun"), file, config);
}
runtimes[`workerd ${version("workerd")}`] = runInWorker;
runtimes.Chromium = (config) => runInPage(`${JSON.parse(config).faults}/page`, config);

let servers: Awaited<ReturnType<typeof startServers>>;
beforeAll(async () => {
  servers = await startServers();
});
afterAll(() => servers.close());

test.each(Object.keys(runtimes))("%s", async (name) => {
  const { config } = servers;
  const { loaded, checks, printed } = (await runtimes[name]?.(JSON.stringify(config))) ?? expect.fail(`no ${name}`);
  const format = name.endsWith("require") ? "cjs" : "js";
  expect(loaded).toMatch(new RegExp(`\\bnode_modules/konpro-client/dist/index\\.${format}$`));
  expect(Object.keys(checks)).toContain("secrets");
  expect(Object.entries(checks).filter(([, result]) => result !== "ok")).toEqual([]);
  // The program printed its errors, which must not contain a secret.
  expect(printed).toContain("KonProApiError");
  for (const secret of [config.key, config.secret]) expect(printed).not.toContain(secret);
});
