import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { expect, test } from "vitest";
import webpack from "webpack";
import { KEY, startApi } from "./api.js";
import { here, run } from "./projects.js";

const entry = join(here, "programs/list.js");

/** Each puts the program and the package into one file, `list.mjs`. */
const bundlers: Record<string, (folder: string) => Promise<unknown>> = {
  esbuild: (outdir) =>
    esbuild({
      ...{ entryPoints: [entry], outdir, outExtension: { ".js": ".mjs" } },
      ...{ bundle: true, minify: true, platform: "node", format: "esm" },
    }),
  vite: (outDir) =>
    vite({
      ...{ root: here, configFile: false, logLevel: "error", ssr: { noExternal: true } },
      build: { ssr: entry, outDir, minify: true, rolldownOptions: { output: { entryFileNames: "list.mjs" } } },
    }),
  webpack: (path) =>
    new Promise((done, failed) => {
      webpack(
        {
          ...{ context: here, entry, mode: "production", target: "node20" },
          output: { path, filename: "list.mjs", module: true, chunkFormat: "module" },
          experiments: { outputModule: true },
        },
        (error, stats) => (stats?.hasErrors() === false ? done(stats) : failed(error ?? new Error(`${stats}`))),
      );
    }),
};

test.each(Object.entries(bundlers))("what %s makes runs on its own", async (_, bundle) => {
  await using api = await startApi();
  const folder = mkdtempSync(join(tmpdir(), "konpro-client-"));
  try {
    await bundle(folder);
    expect(await run(folder, api.env, "node", "list.mjs")).toBe(`${KEY}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
