import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { runMain } from "./run-main.js";

/** All programs that an npm script starts. */
const { scripts }: { scripts: object } = JSON.parse(readFileSync("package.json", "utf8"));
const commands = Object.values(scripts).join();
const PROGRAMS = [...new Set(commands.match(/\b(scripts|bench)\/[\w/]+\.ts/g))];

const run = async (program: string, ...args: string[]) => runMain((await import(resolve(program))).main, ...args);

test.each(PROGRAMS)("%s runs as a program", (program) => {
  expect(readFileSync(program, "utf8")).toMatch(/\nawait start\(import\.meta\.url, main\);\n$/);
});

test.each(PROGRAMS)("%s --help prints the usage, and does nothing else", async (program) => {
  const { code, stdout, stderr } = await run(program, "--help");
  expect(stdout).toMatch(/^Usage: (npm (run |start)|jiti scripts\/)/);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test.each(PROGRAMS)("%s --nope is wrong usage", async (program) => {
  const { code, stdout, stderr } = await run(program, "--nope");
  expect(stderr).toMatch(/--nope.*\nUsage: (npm|jiti) /s);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test.each([
  ["scripts/mock.ts", "--port=70000", "--port is 70000; it must be a number from 0 to 65535"],
  ["scripts/size.ts", "--at-most=little", '--at-most is "little"; it must be a number of bytes'],
  ["bench/run.ts", "ky", "Usage: npm run bench"],
])("%s %s is wrong usage", async (program, word, message) => {
  expect(await run(program, word)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});
