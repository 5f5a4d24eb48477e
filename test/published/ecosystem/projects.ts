// Runs programs with the tools of test/published.
import { type ExecFileException, execFile, spawn } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";

export const here = resolve("test/published/ecosystem");

/** Runs TypeScript directly. */
export const NODE24 = "../node24/bin/node";

/** Copies the parts of a program, since its tools write into the folder; returns the folder. Replaces an earlier copy. */
export function copyProgram(name: string, ...parts: string[]): string {
  const folder = join(here, name, ".cache");
  rmSync(folder, { recursive: true, force: true });
  for (const part of parts) cpSync(join(here, part), join(folder, basename(part)), { recursive: true });
  return folder;
}

/** Excludes the variables of the developer's shell and of the test runner. */
function environment(own: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, NODE_EXTRA_CA_CERTS } = process.env;
  return { PATH, HOME, NODE_EXTRA_CA_CERTS, NODE_ENV: undefined, NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1", ...own };
}

/** Runs one of the tools, or `node`, to its end and returns all output. */
export function run(folder: string, env: Record<string, string>, command: string, ...words: string[]): Promise<string> {
  const options = { cwd: folder, env: environment(env), timeout: 540_000 };
  return new Promise((done, failed) => {
    const end = (error: ExecFileException | null, stdout: string, stderr: string) => {
      if (error) failed(new Error(`${command} ${words.join(" ")} failed:\n${stdout}${stderr}`));
      else done(stdout + stderr);
    };
    execFile(pathOf(command), words, options, end);
  });
}

export interface Server extends AsyncDisposable {
  readonly url: string;
}

/** Starts a server, and waits for the URL that it prints. */
export function serve(
  folder: string,
  env: Record<string, string>,
  command: string,
  ...words: string[]
): Promise<Server> {
  const child = spawn(pathOf(command), words, { cwd: folder, env: environment(env), detached: true });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let printed = "";
  return new Promise((done, failed) => {
    const stop = async () => {
      if (child.pid && child.exitCode === null) process.kill(-child.pid); // with its child processes
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

/** `node`, or a path relative to `node_modules/.bin`, which can lead into a package if several have the same command. */
const pathOf = (command: string): string =>
  command === "node" ? process.execPath : join(here, "../node_modules/.bin", command);
