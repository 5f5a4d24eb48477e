import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** Whatever an npm script starts. */
const { scripts }: { scripts: object } = JSON.parse(readFileSync("package.json", "utf8"));
const commands = Object.values(scripts).join();
const PROGRAMS = [...new Set(commands.match(/\b(scripts|bench)\/[\w/]+\.ts/g))];

const printed: Record<"log" | "error", string[]> = { log: [], error: [] };
beforeEach(() => {
  for (const method of ["log", "error"] as const) {
    printed[method] = [];
    vi.spyOn(console, method).mockImplementation((line) => void printed[method].push(line));
  }
});
afterEach(() => void vi.restoreAllMocks());

async function run(program: string, ...args: string[]) {
  const { main } = await import(resolve(program));
  const status: unknown = await main(args);
  return { status, stdout: printed.log.join("\n"), stderr: printed.error.join("\n") };
}

test.each(PROGRAMS)("%s runs as a program", (program) => {
  expect(readFileSync(program, "utf8")).toMatch(/\nawait start\(import\.meta\.url, main\);\n$/);
});

test.each(PROGRAMS)("%s --help prints the usage, and does nothing else", async (program) => {
  const { status, stdout, stderr } = await run(program, "--help");
  expect(stdout).toMatch(/^Usage: (npm (run |start)|jiti scripts\/)/);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test.each(PROGRAMS)("%s --nope is wrong usage", async (program) => {
  const { status, stdout, stderr } = await run(program, "--nope");
  expect(stderr).toMatch(/--nope.*\nUsage: (npm|jiti) /s);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

test.each([
  ["scripts/mock.ts", "--port=70000", "--port is 70000; it must be a number from 0 to 65535"],
  ["scripts/size.ts", "--at-most=little", '--at-most is "little"; it must be a number of bytes'],
  ["bench/run.ts", "ky", "Usage: npm run bench"],
])("%s %s is wrong usage", async (program, word, message) => {
  const { status, stderr } = await run(program, word);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
