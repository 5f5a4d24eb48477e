// The programs that measure, and the tools that make them: all run in bench/, on the same Node.
import { type ChildProcess, execFile, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { npm } from "../test/published/package/install.js";
import { CLIENTS, GENERATORS } from "./clients.js";

export const FOLDER = resolve("bench");
/** Wherever this runs: the newest peers and generators do not run on the oldest Node that we do. */
const NODE = "node24/bin/node";
const TSC = "node_modules/typescript/bin/tsc";

/** The certificates of NODE_EXTRA_CA_CERTS would triple the start of a process. */
const { NODE_EXTRA_CA_CERTS, NODE_OPTIONS, KONPRO_API_KEY, KONPRO_BASE_URL, ...rest } = process.env;
const env = { ...rest, REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
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

export const esbuild = (...words: string[]) =>
  run(".bin/esbuild", "--bundle", "--format=esm", "--log-level=warning", ...words);

/** Runs one of programs/ to its end; gives what it prints. */
export const program = async (name: string, ...words: unknown[]) =>
  JSON.parse(await node(`.cache/programs/${name}.js`, ...words.map(String)));

/** Starts one of programs/, to talk to. */
export const start = (name: string, ...words: string[]): ChildProcess =>
  fork(`.cache/programs/${name}.js`, words, { cwd: FOLDER, env, execPath: join(FOLDER, "node_modules", NODE) });

/** The next message of a program; fails if it ends first. */
export function reply(child: ChildProcess): Promise<object> {
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(new Error(`${child.spawnargs.slice(1).join(" ")} ended in bench/ before it answered.`));
    child.once("exit", onEnd);
    child.once("message", (message) => {
      child.off("exit", onEnd);
      resolve(Object(message));
    });
  });
}

/** Installs the peers, if they are not there yet. */
export function installPeers(): void {
  if (!existsSync(join(FOLDER, "node_modules"))) npm(FOLDER, "ci", "--no-audit", "--no-fund");
}

/** Generates the peers' clients from the contract. */
export async function generate(): Promise<void> {
  for (const command of GENERATORS) await node(...command.split(" "));
}

/** Checks all types of this folder, and compiles it. */
export async function compile(): Promise<void> {
  await node(TSC, "-p", ".");
  const output = ["--packages=external", "--platform=node", "--outdir=.cache", "--outbase=."];
  await esbuild("clients/*.ts", "programs/*.ts", ...output);
}

/** Proves that each client does the same; finds out what else each one does. */
export const prove = (): Promise<Record<string, string[]>> => program("prove", ...CLIENTS);
