// Everything here compiles against the types of the installed package.
import { readdirSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { here, run } from "./projects.js";

const files = ["", "programs/", "vitest/"].flatMap((folder) =>
  readdirSync(`${here}/${folder}`)
    .filter((name) => /\.[cj]?ts$|\.js$/.test(name))
    .map((name) => folder + name),
);

let complaints: string[];
beforeAll(async () => {
  const output = await run(here, {}, "tsc", "--pretty", "false").catch((error: Error) => error.message);
  complaints = output.split("\n").filter((line) => line.includes("error TS"));
});

test("each complaint is about one of these files", () => {
  expect(complaints.filter((line) => !files.some((file) => line.startsWith(`${file}(`)))).toEqual([]);
});

test.each(files)("%s", (file) => {
  expect(complaints.filter((line) => line.startsWith(`${file}(`))).toEqual([]);
});
