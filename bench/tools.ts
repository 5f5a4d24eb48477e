// The programs that measure, and the tools that build them: all run in bench/, on the same Node.
import { type ChildProcess, execFile, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { npm } from "../test/published/package/install.js";
import { CLIENTS, GENERATORS } from "./clients.js";

export const FOLDER = resolve("bench");
/** The Node that everything runs on: the newest peers and generators do not support our oldest Node. */
const NODE = "node24/bin/node";
const TSC = "node_modules/typescript/bin/tsc";

/** The certificates of NODE_EXTRA_CA_CERTS would triple a process's start-up time. */
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

/** Runs one of programs/ to its end and returns the JSON that it prints. */
export const program = async (name: string, ...words: unknown[]) =>
  JSON.parse(await node(`.cache/programs/${name}.js`, ...words.map(String)));

/** Starts one of programs/ to exchange messages with. */
export const start = (name: string, ...words: string[]): ChildProcess =>
  fork(`.cache/programs/${name}.js`, words, { cwd: FOLDER, env, execPath: join(FOLDER, "node_modules", NODE) });

/** The next message of a program; rejects if it exits first. */
export function reply(child: ChildProcess): Promise<object> {
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(new Error(`${child.spawnargs.slice(1).join(" ")} exited in bench/ before it replied.`));
    child.once("exit", onEnd);
    child.once("message", (message) => {
      child.off("exit", onEnd);
      resolve(Object(message));
    });
  });
}

/** Installs the peers, unless they are installed. */
export function installPeers(): void {
  if (!existsSync(join(FOLDER, "node_modules"))) npm(FOLDER, "ci", "--no-audit", "--no-fund");
}

/** Generates the peers' clients from the contract. */
export async function generate(): Promise<void> {
  for (const command of GENERATORS) await node(...command.split(" "));
}

/** Type-checks this folder and compiles it. */
export async function compile(): Promise<void> {
  await node(TSC, "-p", ".");
  const output = ["--packages=external", "--platform=node", "--outdir=.cache", "--outbase=."];
  await esbuild("clients/*.ts", "programs/*.ts", ...output);
}

/** Checks that all clients return the same data, and tests their features. */
export const prove = (): Promise<Record<string, string[]>> => program("prove", ...CLIENTS);
