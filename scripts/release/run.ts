// Runs other programs, and keeps what they print for when they fail.
import { type ChildProcess, spawn } from "node:child_process";

interface Options {
  cwd?: string | undefined;
  env?: Record<string, string | undefined>;
}

/** Each leads a process group, so that it ends with all that it started. */
const running = new Set<ChildProcess>();
let stopped = false;

/** From now on, Ctrl-C and the like end what runs here, and let the caller clean up. */
export function stopOnSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Not once: a dependency of the registry kills the process where it finds no other listener left.
    process.on(signal, () => {
      stopped = true;
      for (const { pid } of running) if (pid) process.kill(-pid, "SIGKILL");
    });
  }
}

/** Ended with an exit code that is not 0; the message has what the program printed. */
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
