import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const folder = resolve("test/compilers");
const consumer = join(folder, "consumer");
const work = join(folder, "node_modules/.cache/konpro-client"); // where the installed package is found

interface Project {
  name: string;
  file: string;
  resolution: string;
  platform: object;
  exact: boolean;
}

const DOM = { lib: ["es2022", "dom"], types: [] };
const NODE = { lib: ["es2022"], types: ["node"] };

const esm = ["bundler", "node16", "nodenext"].flatMap((resolution) =>
  Object.entries({ DOM, "@types/node": NODE }).flatMap(([name, platform]) =>
    [true, false].map((exact): Project => {
      const title = `${resolution}, ${name}${exact ? ", exactOptionalPropertyTypes" : ""}`;
      return { name: title, file: "app.ts", resolution, platform, exact };
    }),
  ),
);
const commonjs = ["node16", "nodenext"].flatMap((resolution) =>
  Object.entries({ import: "commonjs.cts", "await import()": "dynamic.cts" }).map(([way, file]): Project => {
    return { name: `CommonJS, ${resolution}, ${way}`, file, resolution, platform: NODE, exact: true };
  }),
);
const projects = [...esm, ...commonjs].map((project, index) => ({ ...project, path: join(work, String(index)) }));
const compilers = ["typescript5.4", "typescript5.9", "typescript6", "typescript7"];

const versionOf = (compiler: string): string =>
  JSON.parse(readFileSync(join(folder, "node_modules", compiler, "package.json"), "utf8")).version;

/** Runs a compiler; gives what it complains of. */
function tsc(compiler: string, ...words: string[]): Promise<string> {
  const command = [join(folder, "node_modules", compiler, "bin/tsc"), ...words, "--pretty", "false"];
  return new Promise((done, failed) => {
    execFile(process.execPath, command, { cwd: work }, (error, stdout, stderr) => {
      if (error && stdout === "") failed(new Error(stderr || error.message));
      else done(stdout);
    });
  });
}

beforeAll(() => {
  rmSync(work, { recursive: true, force: true });
  for (const { path, file, resolution, platform, exact } of projects) {
    const compilerOptions = {
      ...{ noEmit: true, strict: true, skipLibCheck: false, target: "es2022", exactOptionalPropertyTypes: exact },
      ...{ module: resolution === "bundler" ? "esnext" : resolution, moduleResolution: resolution, ...platform },
    };
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
    copyFileSync(join(consumer, file), join(path, file));
  }
});

describe.concurrent("the types compile", () => {
  const table: Record<string, Record<string, string>> = {};
  afterAll(() => console.table(table));

  test.each(compilers)("in %s", async (compiler) => {
    const version = versionOf(compiler);
    // One process for all projects takes a third of the time that one for each does.
    const output = await tsc(compiler, "--build", "--force", ...projects.map(({ path }) => path));
    // A complaint about no project at all, as of a wrong option, means that nothing was compiled.
    expect(output.split("\n").filter((line) => line.includes("error TS") && !/^\d+\//.test(line))).toEqual([]);
    const wrong: string[] = [];
    for (const [index, { name, file, resolution }] of projects.entries()) {
      const complaints = output.split("\n").filter((line) => line.startsWith(`${index}/`));
      // A CommonJS file may import an ES module since TypeScript 5.8 under nodenext, and never under node16.
      const refused = file === "commonjs.cts" && (resolution === "node16" || Number.parseFloat(version) < 5.8);
      const codes = complaints.map((line) => /error (TS\d+)/.exec(line)?.[1]);
      const right = refused ? codes.length > 0 && codes.every((code) => code === "TS1479") : codes.length === 0;
      if (!right) wrong.push(`${name}: ${complaints.join("\n") || "accepted"}`);
      table[name] = { ...table[name], [`TypeScript ${version}`]: right ? (refused ? "TS1479" : "ok") : "FAILED" };
    }
    expect(wrong).toEqual([]);
  });
});

test("the tools take the client's type", async () => {
  const compilerOptions = {
    ...{ noEmit: true, strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true, target: "es2022" },
    noUncheckedIndexedAccess: true,
    ...{ module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"], types: ["node"] },
  };
  const path = join(work, "tools.json");
  writeFileSync(path, JSON.stringify({ compilerOptions, files: [join(consumer, "tools.test.ts")] }));
  expect(await tsc("typescript5.9", "--project", path)).toBe("");
});
