// Runs the conformance program on every runtime, from the installed tarball, and prints which checks each one passes.
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { orUsage } from "../../scripts/usage.js";
import { install, pack, temporaryFolder } from "../package/install.js";
import { startServers } from "./servers.js";

const USAGE = `Usage: npm run test:runtimes [-- --write FILE]
  --write FILE  put the table into a Markdown file, between the lines <!-- runtimes --> and <!-- /runtimes -->`;
const BLOCK = /(?<=<!-- runtimes -->\n).*?(?=<!-- \/runtimes -->)/s;
const CHROMIUM = "/usr/bin/chromium";

const folder = resolve("test/runtimes");
const bin = (path: string) => join(folder, "node_modules", path);
const version = (name: string): string => JSON.parse(readFileSync(bin(`${name}/package.json`), "utf8")).version;
const unset = { KONPRO_API_KEY: undefined, KONPRO_BASE_URL: undefined };
const env = { ...process.env, ...unset, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };

/** The checks' results as JSON, and all that the runtime's console showed. */
interface Run {
  results: string;
  printed: string;
}

/** A runtime's name, and how to run the program on it. */
type Runtime = [name: string, run: () => Promise<Run>];

/** Runs a program whose last line of output is the results. */
function run(file: string, ...words: string[]): Promise<Run> {
  return new Promise((done, failed) => {
    execFile(file, words, { cwd: folder, env, timeout: 60_000 }, (error, stdout, stderr) => {
      if (error) failed(new Error(stderr || `ended by ${error.signal ?? error.code}`));
      else done({ results: stdout.trim().split("\n").at(-1) ?? "", printed: stdout + stderr });
    });
  });
}

/** Bundles for a platform that has neither `node:` modules nor polyfills for them. */
async function bundle(entry: string): Promise<string> {
  const output = join(temporaryFolder(), entry);
  const options = ["--bundle", "--format=esm", "--platform=browser", "--log-level=warning", `--outfile=${output}`];
  await run(bin(".bin/esbuild"), entry, ...options);
  return output;
}

async function runInPage(browser: Browser, url: string, config: string): Promise<Run> {
  const page = await browser.newPage();
  let printed = "";
  page.on("console", (message) => {
    printed += message.text();
  });
  await page.goto(url);
  await page.addScriptTag({ path: await bundle("page.js"), type: "module" });
  const results = await page.evaluate(`conformance(${config}).then(JSON.stringify)`);
  return { results: String(results), printed };
}

function runtimes(browser: Browser, page: string, config: string): Runtime[] {
  const node = (name: string) => bin(`${name}/bin/node`);
  const deno = ["run", "--no-lock", "--no-prompt", "--allow-net"]; // the environment may not be read
  return [
    ...["node20", "node22", "node24", "node26"].flatMap((name): Runtime[] => [
      [`Node ${version(name)}, import`, () => run(node(name), "import.js", config)],
      [`Node ${version(name)}, require`, () => run(node(name), "require.cjs", config)],
    ]),
    [`Deno ${version("deno")}`, () => run(bin(".bin/deno"), ...deno, "import.js", config)],
    [`Bun ${version("bun")}`, () => run(bin(".bin/bun"), "import.js", config)],
    [`workerd ${version("workerd")}`, async () => run(node("node26"), "workerd.js", config, await bundle("worker.js"))],
    [`Chromium ${browser.version()}`, () => runInPage(browser, page, config)],
  ];
}

/** Runs everything; gives a table in Markdown and a line for each failure. */
async function conformance(): Promise<{ table: string; problems: string[] }> {
  if (!existsSync(CHROMIUM)) throw new Error(`There is no ${CHROMIUM}: install it, as by "apt-get install chromium"`);
  console.log("Installing the tarball beside the runtimes");
  install(pack().tarball, folder);
  const { config, close } = await startServers();
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const rows: [string, Record<string, string>][] = [];
    for (const [name, start] of runtimes(browser, `${config.faults}/page`, JSON.stringify(config))) {
      console.log(`Running on ${name}`);
      rows.push([name, await outcome(start, [config.key, config.secret])]);
    }
    const checks = [...new Set(rows.flatMap(([, row]) => Object.keys(row)))];
    const cells = rows.map(([name, row]) => [name, ...checks.map((check) => (row[check] === "ok" ? "ok" : "FAILED"))]);
    const lines = [["Runtime", ...checks], ["---", ...checks.map(() => "---")], ...cells];
    return {
      table: lines.map((line) => `| ${line.join(" | ")} |\n`).join(""),
      problems: rows.flatMap(([name, row]) =>
        Object.entries(row).flatMap(([check, result]) => (result === "ok" ? [] : `${name}: ${check}: ${result}`)),
      ),
    };
  } finally {
    await browser.close();
    await close();
  }
}

async function outcome(start: () => Promise<Run>, secrets: string[]): Promise<Record<string, string>> {
  try {
    const { results, printed } = await start();
    const row: Record<string, string> = JSON.parse(results);
    if (!printed.includes("KonProApiError")) row.secrets = "the console shows no error at all";
    if (secrets.some((secret) => printed.includes(secret))) row.secrets = "the console shows a secret";
    return row;
  } catch (error) {
    return { run: error instanceof Error ? error.message : String(error) };
  }
}

function readArguments(): { write?: string | undefined } {
  const { write } = parseArgs({ options: { write: { type: "string" } } }).values;
  if (write !== undefined && !BLOCK.test(readFileSync(write, "utf8")))
    throw new Error(`${write} has no line <!-- runtimes --> followed by <!-- /runtimes -->`);
  return { write };
}

const { write } = (await orUsage(USAGE, readArguments)) ?? process.exit(2);
const { table, problems } = await conformance();
console.log(`\n${table}`);
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
} else if (write)
  writeFileSync(
    write,
    readFileSync(write, "utf8").replace(BLOCK, () => table),
  );
