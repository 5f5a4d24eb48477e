// Everything that is measured, as samples of each client: those of one round were taken one after the other.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { install, temporaryFolder } from "../test/package/install.js";

export const FLOOR = "fetch";
export const REFERENCE = "openapi-fetch";
export const OURS = "konpro-client";
export const CLIENTS = [FLOOR, REFERENCE, OURS, "hey-api", "orval", "ky", "axios", "openai", "svix"];
/** A program without a client, for the compiler. */
export const EMPTY = "(empty)";
/** What is installed to use them; of the others nothing is, as they are the platform's or generated. */
const INSTALLED = [REFERENCE, OURS, "ky", "axios", "openai", "svix"];
/** The programs that generate from the contract. */
const GENERATORS: Record<string, string> = {
  [REFERENCE]: "../node_modules/openapi-typescript/bin/cli.js ../openapi.yaml -o .cache/schema.ts",
  [OURS]:
    "../node_modules/jiti/lib/jiti-cli.mjs ../scripts/generate.ts --spec ../openapi.yaml --out .cache/konpro-client",
  "hey-api":
    "node_modules/@hey-api/openapi-ts/bin/run.js -s --no-log-file -i ../openapi.yaml -o .cache/hey-api -c @hey-api/client-fetch",
  orval: "node_modules/orval/dist/bin/orval.mjs --quiet",
};

type Samples = Record<string, number[]>;
/** By the name of what is measured. */
export type Results = Record<string, Samples>;

export const FOLDER = resolve("bench");
/** All that is measured runs on it, wherever it is: the newest peers and generators do not run on the oldest Node that we do. */
const NODE = "node24/bin/node";
const TSC = "node_modules/typescript/bin/tsc";

/** The certificates of NODE_EXTRA_CA_CERTS would triple the start of a process. */
const { NODE_EXTRA_CA_CERTS, NODE_OPTIONS, KONPRO_API_KEY, KONPRO_BASE_URL, ...env } = process.env;
const execute = promisify(execFile);

async function run(file: string, ...words: string[]): Promise<string> {
  try {
    return (await execute(join(FOLDER, "node_modules", file), words, { cwd: FOLDER, env, maxBuffer: 1e8 })).stdout;
  } catch (error) {
    const { stdout, stderr } = Object(error);
    throw new Error(`${file} ${words.join(" ")} failed in bench/:\n${stdout}${stderr}`);
  }
}

const node = (...words: string[]) => run(NODE, ...words);

const program = async (name: string, ...words: unknown[]) =>
  JSON.parse(await node("--expose-gc", `.cache/programs/${name}.js`, ...words.map(String)));

const esbuild = (...words: string[]) =>
  run(".bin/esbuild", "--bundle", "--format=esm", "--log-level=warning", ...words);

/** Generates the peers' clients, checks all types of this folder, and compiles it. */
export async function prepare(): Promise<void> {
  await mkdir(join(FOLDER, ".cache"), { recursive: true });
  for (const command of Object.values(GENERATORS)) await node(...command.split(" "));
  await node(TSC, "-p", ".");
  const output = ["--packages=external", "--platform=node", "--outdir=.cache", "--outbase=."];
  await esbuild("clients/*.ts", "programs/*.ts", ...output);
}

/** Proves that each client does the same; finds out what else each one does. */
export const prove = (): Promise<Record<string, string[]>> => program("prove", ...CLIENTS);

/** Shares of the processor's time by part of the program, for each of the clients. */
export const profile = (client: string, calls: number): Promise<Record<string, number>> =>
  program("many-calls", "profile", client, 1, calls);

/** What one client gives, as numbers by name, for all clients in turn, again and again. */
async function interleave(clients: string[], rounds: number, measure: (client: string) => Promise<object>) {
  const results: Results = {};
  const order = [...clients];
  for (let round = 0; round < rounds; round++) {
    order.sort(() => Math.random() - 0.5); // Nobody is always after the same one.
    for (const client of order) {
      for (const [name, value] of Object.entries(await measure(client))) {
        results[name] ??= {};
        results[name][client] ??= [];
        results[name][client].push(value);
      }
    }
  }
  return results;
}

/** A program that makes one call, with all that it needs. */
async function bundle(client: string) {
  const [entry, output] = [`.cache/${client}.program.js`, `.cache/${client}.bundle.js`];
  const code = `import connect from "../clients/${client}.js";\nconsole.log(await connect("https://api.konpro.ai")());\n`;
  await writeFile(join(FOLDER, entry), code);
  await esbuild(entry, "--minify", "--platform=browser", `--outfile=${output}`);
  const bytes = await readFile(join(FOLDER, output));
  return { "bundle, min": bytes.length, bundle: gzipSync(bytes, { level: 9 }).length };
}

/** Packages and kilobytes that npm installs. */
async function installed(client: string, tarball: string) {
  if (!INSTALLED.includes(client)) return { packages: 0, kB: 0 };
  const { devDependencies } = JSON.parse(await readFile(join(FOLDER, "package.json"), "utf8"));
  const folder = temporaryFolder();
  await writeFile(join(folder, "package.json"), "{}");
  install(client === OURS ? tarball : `${client}@${devDependencies[client]}`, folder);
  const modules = join(folder, "node_modules");
  const lock = JSON.parse(await readFile(join(modules, ".package-lock.json"), "utf8"));
  const files = await readdir(modules, { recursive: true });
  const stats = await Promise.all(files.map((file) => stat(join(modules, file))));
  const bytes = stats.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  return { packages: Object.keys(lock.packages).length, kB: bytes / 1000 };
}

async function generate(client: string) {
  const start = performance.now();
  await node(...(GENERATORS[client] ?? "").split(" "));
  return { generation: (performance.now() - start) / 1000 };
}

/** The compiler, with its processor time as its last line. */
const TIMED_TSC = `
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  console.log("Processor: " + (user + system) / 1e6);
});
require("./${TSC}");`;

/** What the compiler does for the file that connects a client, or for an empty one. */
async function typeCheck(client: string) {
  const file = client === EMPTY ? ".cache/empty.ts" : `clients/${client}.ts`;
  const flags = "--strict --skipLibCheck --target es2022 --module nodenext --types node --noEmit --extendedDiagnostics";
  const output = await node("-e", TIMED_TSC, "tsc", file, ...flags.split(" "));
  const figure = (name: string) => Number(new RegExp(`^${name}: +([\\d.]+)`, "m").exec(output)?.[1]);
  return { instantiations: figure("Instantiations"), "type-check": figure("Processor") };
}

/** A server in a process of its own. */
async function serve(): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(join(FOLDER, "node_modules", NODE), [".cache/programs/server.js"], { cwd: FOLDER, env });
  child.stderr.pipe(process.stderr);
  const [port] = await once(child.stdout, "data");
  return { url: `http://127.0.0.1:${Number(port)}`, process: child };
}

/** How often each thing is done. */
export interface Rounds {
  /** Of whom all is measured; of the others, only the size and the processor time of a call. */
  clients: string[];
  cpu: number;
  rate: number;
  fresh: number;
  large: number;
  slow: number;
}

/** Measures everything, with a line for each step. */
export async function measure(tarball: string, rounds: Rounds, say: (step: string) => void): Promise<Results> {
  const results: Results = {};
  say("Bundles");
  Object.assign(results, await interleave(CLIENTS, 1, bundle));
  say("Installed packages");
  Object.assign(results, await interleave(rounds.clients, 1, (client) => installed(client, tarball)));
  say("Processor time of a call");
  // Each in processes of its own: two that share openapi-fetch would spoil what the compiler has learnt of its calls.
  // And many calls at once, since collecting the garbage of a few falls on any of them.
  const cpu = async (client: string) => ({ cpu: (await program("many-calls", "cpu", client, 1, 8000))[client][0] });
  Object.assign(results, await interleave(CLIENTS, rounds.cpu, cpu));
  const { url, process: server } = await serve();
  try {
    for (const inFlight of [1, 50]) {
      say(`Calls per second, ${inFlight} in flight`);
      const words = [rounds.clients.join(","), rounds.rate, 200 + 6 * inFlight, `${url}/2`, inFlight];
      results[`rate ${inFlight}`] = await program("many-calls", "rate", ...words);
    }
    say("Import and first call");
    const { import: imports = {}, first = {} } = await interleave(rounds.clients, rounds.fresh, (client) =>
      program("first-call", client, `${url}/2`),
    );
    Object.assign(results, { import: imports, first });
    for (const count of [10_000, 100_000]) {
      say(`${count} endpoints`);
      const { second = {}, mb = {} } = await interleave(rounds.clients, rounds.large, (client) =>
        program("first-call", client, `${url}/2`, `${url}/${count}`),
      );
      Object.assign(results, { [`time ${count}`]: second, [`memory ${count}`]: mb });
    }
  } finally {
    server.kill();
  }
  say("Retained memory");
  const { calls = {}, client = {} } = await interleave(rounds.clients, rounds.slow, (name) =>
    program("many-calls", "memory", name, 1, 10_000),
  );
  Object.assign(results, { "heap, calls": calls, "heap, client": client });
  say("Generation");
  Object.assign(results, await interleave(Object.keys(GENERATORS), rounds.slow, generate));
  say("Type-check");
  await writeFile(join(FOLDER, ".cache/empty.ts"), "export {};\n");
  Object.assign(results, await interleave([EMPTY, ...rounds.clients], rounds.slow, typeCheck));
  return results;
}
