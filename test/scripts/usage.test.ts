import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const run = (...words: string[]) =>
  spawnSync(process.execPath, ["--import", "jiti/register", ...words], { encoding: "utf8" });

/** Whatever an npm script starts. */
const { scripts }: { scripts: object } = JSON.parse(readFileSync("package.json", "utf8"));
const commands = Object.values(scripts).join();
const PROGRAMS = [...new Set(commands.match(/\b(scripts|bench)\/[\w/]+\.ts/g))];

test.each(PROGRAMS)("%s --help prints the usage, and does nothing else", (program) => {
  const { status, stdout, stderr } = run(program, "--help");
  expect(stdout).toMatch(/^Usage: (npm (run |start)|jiti scripts\/)/);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test.each(PROGRAMS)("%s --nope is wrong usage", (program) => {
  const { status, stdout, stderr } = run(program, "--nope");
  expect(stderr).toMatch(/--nope.*\nUsage: (npm|jiti) /s);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

test.each([
  ["scripts/mock.ts", "--port=70000", "--port is 70000; it must be a number from 0 to 65535"],
  ["scripts/size.ts", "--at-most=little", '--at-most is "little"; it must be a number of bytes'],
  ["bench/run.ts", "ky", "Usage: npm run bench"],
])("%s %s is wrong usage", (program, word, message) => {
  const { status, stderr } = run(program, word);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
