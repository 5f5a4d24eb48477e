import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { install, pack } from "../package/install.js";

const folder = resolve("test/compilers");
install(pack().tarball, folder);

const compilers = ["typescript5.4", "typescript5.9", "typescript6", "typescript7"].map((name) => {
  const path = join(folder, "node_modules", name);
  return { path, version: String(JSON.parse(readFileSync(join(path, "package.json"), "utf8")).version) };
});
type Compiler = (typeof compilers)[number];

/** Compiles one file of the consumer, every declaration included; gives what the compiler complains of. */
function compile({ path, version }: Compiler, file: string, resolution: string, platform: string[], exact = true) {
  const words = [
    ...["--noEmit", "--strict", "--target", "es2022", "--skipLibCheck", "false"],
    ...["--module", resolution === "bundler" ? "esnext" : resolution, "--moduleResolution", resolution],
    ...["--exactOptionalPropertyTypes", String(exact), ...platform],
    ...(Number.parseInt(version, 10) >= 6 ? ["--ignoreConfig"] : []), // our own tsconfig.json, that is
  ];
  return new Promise<string>((done, failed) => {
    const command = [join(path, "bin/tsc"), ...words, `consumer/${file}`];
    execFile(process.execPath, command, { cwd: folder }, (error, stdout, stderr) => {
      if (error && stdout === "") failed(new Error(stderr || error.message));
      else done(stdout);
    });
  });
}

const DOM = ["--lib", "es2022,dom", "--types", ""];
const NODE = ["--lib", "es2022", "--types", "node"];

describe.concurrent("an ES module compiles", () => {
  const table: Record<string, Record<string, string>> = {};
  afterAll(() => console.table(table));

  const settings = Object.entries({ DOM, "@types/node": NODE }).flatMap(([name, platform]) =>
    [true, false].map((exact) => ({ name: `${name}, ${exact ? "exact" : "inexact"} optional`, platform, exact })),
  );
  const cases = compilers.flatMap((compiler) =>
    ["bundler", "node16", "nodenext"].flatMap((resolution) =>
      settings.map((setting) => ({
        ...setting,
        compiler,
        resolution,
        row: `TypeScript ${compiler.version}, ${resolution}`,
      })),
    ),
  );
  for (const { row } of cases) table[row] = Object.fromEntries(settings.map(({ name }) => [name, "FAILED"]));

  test.each(cases)("$row, $name", async ({ row, name, compiler, resolution, platform, exact }) => {
    expect(await compile(compiler, "app.ts", resolution, platform, exact)).toBe("");
    Object.assign(table[row] ?? {}, { [name]: "ok" });
  });
});

describe.concurrent("a CommonJS module", () => {
  describe.each(compilers)("in TypeScript $version", (compiler) => {
    const modern = Number(/^\d+\.\d+/.exec(compiler.version)) >= 5.8;

    test.each(["node16", "nodenext"])("loads the package by import() under %s", async (resolution) => {
      expect(await compile(compiler, "dynamic.cts", resolution, NODE)).toBe("");
    });

    test(`${modern ? "imports" : "cannot import"} the package under nodenext`, async () => {
      const complaints = await compile(compiler, "commonjs.cts", "nodenext", NODE);
      if (modern) expect(complaints).toBe("");
      else expect(complaints).toContain("TS1479");
    });

    test("cannot import the package under node16", async () => {
      expect(await compile(compiler, "commonjs.cts", "node16", NODE)).toContain("TS1479");
    });
  });
});
