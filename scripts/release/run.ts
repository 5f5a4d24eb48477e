// Runs other programs; if one fails, its output is in the error.
import { type ChildProcess, spawn } from "node:child_process";

interface Options {
  cwd?: string | undefined;
  env?: Record<string, string | undefined>;
}

/** Each leads a process group, so that it can be stopped with everything it started. */
const running = new Set<ChildProcess>();
let stopped = false;

/** From now on, Ctrl-C and the like stop the programs that run, and let the caller clean up. */
export function stopOnSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // `on`, not `once`: a dependency of the registry kills the process if no other listener is left.
    process.on(signal, () => {
      stopped = true;
      for (const { pid } of running) if (pid) process.kill(-pid, "SIGKILL");
    });
  }
}

/** The program failed; the message has its output. */
export class CommandFailed extends Error {}

/** Gives what the program wrote to its standard output. */
export function run(program: string, words: string[], { cwd, env = {} }: Options = {}): Promise<string> {
  if (stopped) return Promise.reject(new CommandFailed("Stopped."));
  const child = spawn(program, words, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  let output = "";
  let printed = "";
  const keep = (chunk: Buffer) => {
    printed += chunk;
  };
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk;
    keep(chunk);
  });
  child.stderr.on("data", keep);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve(output.trim());
      else
        reject(
          new CommandFailed(`${program} ${words.join(" ")}\nended by ${signal ?? `exit code ${code}`}:\n${printed}`),
        );
    });
  });
}
