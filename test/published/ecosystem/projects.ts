// Programs that need a folder to themselves: their tools write into it, or are there in several versions.
import { type ExecFileException, execFile, spawn } from "node:child_process";
import { cpSync, readdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";

export const here = resolve("test/published/ecosystem");

/** Runs TypeScript as it is. */
export const NODE24 = "../node24/bin/node";

/** Each has a package.json and a lock. Where there are several versions, the program lies beside their folders. */
const names = ["jest", "nest/11", "nest/12", "next/14", "next/15", "next/16"] as const;
type Name = (typeof names)[number];

const folderOf = (name: Name): string => resolve(".cache/ecosystem", name.replace("/", "-"));

export const projects = names.map((name) => ({ source: join(here, name), folder: folderOf(name) }));

/** Puts the parts of a program where its tools are installed, in place of all that an earlier run left; gives that folder. */
export function copyProgram(name: Name, ...parts: string[]): string {
  const folder = folderOf(name);
  for (const left of readdirSync(folder)) if (!INSTALLED.has(left)) rmSync(join(folder, left), { recursive: true });
  for (const part of parts) cpSync(join(here, part), join(folder, basename(part)), { recursive: true });
  return folder;
}
const INSTALLED = new Set(["node_modules", "package.json", "package-lock.json"]);

/** Without what the developer's shell has set, and without the settings of the test runner that runs this. */
function environment(own: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, NODE_EXTRA_CA_CERTS } = process.env;
  return { PATH, HOME, NODE_EXTRA_CA_CERTS, NODE_ENV: undefined, NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1", ...own };
}

/** Runs a command of the folder's tools, or `node`, to its end; gives all that it prints. */
export function run(folder: string, env: Record<string, string>, command: string, ...words: string[]): Promise<string> {
  const options = { cwd: folder, env: environment(env), timeout: 540_000 };
  return new Promise((done, failed) => {
    const end = (error: ExecFileException | null, stdout: string, stderr: string) => {
      if (error) failed(new Error(`${command} ${words.join(" ")} failed:\n${stdout}${stderr}`));
      else done(stdout + stderr);
    };
    execFile(pathOf(folder, command), words, options, end);
  });
}

export interface Server extends AsyncDisposable {
  readonly url: string;
}

/** Runs a command that serves until it is stopped, and waits for the address that it prints. */
export function serve(
  folder: string,
  env: Record<string, string>,
  command: string,
  ...words: string[]
): Promise<Server> {
  const child = spawn(pathOf(folder, command), words, { cwd: folder, env: environment(env), detached: true });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let printed = "";
  return new Promise((done, failed) => {
    const stop = async () => {
      if (child.pid && child.exitCode === null) process.kill(-child.pid); // with the processes that it has started
      await ended;
    };
    const read = (chunk: Buffer) => {
      printed += chunk;
      const [url] = /http:\/\/(localhost|127\.0\.0\.1):\d+/.exec(printed) ?? [];
      if (url) done({ url, [Symbol.asyncDispose]: stop });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", failed);
    child.once("close", () => failed(new Error(`${command} ${words.join(" ")} ended:\n${printed}`)));
  });
}

const pathOf = (folder: string, command: string): string =>
  command === "node" ? process.execPath : join(folder, "node_modules/.bin", command);
