import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import webpack from "webpack";
import { KEY, startApi } from "./api.js";
import { here, run } from "./projects.js";

/** Each bundles a program with what it needs from the package into one file, `program.mjs`. */
const bundlers: Record<string, (entry: string, folder: string) => Promise<unknown>> = {
  esbuild: (entry, outdir) =>
    esbuild({
      ...{ entryPoints: [{ in: entry, out: "program" }], outdir, outExtension: { ".js": ".mjs" } },
      ...{ bundle: true, minify: true, platform: "node", format: "esm" },
    }),
  vite: (entry, outDir) =>
    vite({
      ...{ root: here, configFile: false, logLevel: "error", ssr: { noExternal: true } },
      build: { ssr: entry, outDir, minify: true, rolldownOptions: { output: { entryFileNames: "program.mjs" } } },
    }),
  webpack: (entry, path) =>
    new Promise((done, failed) => {
      webpack(
        {
          ...{ context: here, entry, mode: "production", target: "node20" },
          output: { path, filename: "program.mjs", module: true, chunkFormat: "module" },
          experiments: { outputModule: true },
        },
        (error, stats) => (stats?.hasErrors() === false ? done(stats) : failed(error ?? new Error(`${stats}`))),
      );
    }),
};

describe.each(Object.entries(bundlers))("a bundle of %s", (name, bundle) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "konpro-client-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("runs on its own", async () => {
    await using api = await startApi();
    await bundle(join(here, "programs/list.js"), folder);
    expect(await run(folder, api.env, "node", "program.mjs")).toBe(`${KEY}\n`);
  });

  test("contains no client code if the program only uses listensTo", async () => {
    await bundle(join(here, "helper.js"), folder);
    expect(await run(folder, {}, "node", "program.mjs")).toBe("true\n");
    expect(readFileSync(join(folder, "program.mjs"), "utf8")).not.toMatch(/fetch|KONPRO_API_KEY/);
    // In bytes, with the bundler's runtime. webpack keeps the error classes, since they refer to each other.
    expect(statSync(join(folder, "program.mjs")).size).toBeLessThan(name === "webpack" ? 1_500 : 400);
  });
});
