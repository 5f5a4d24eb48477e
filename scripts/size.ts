// Measures the size of a program with one call, bundled with the built package.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "tsdown";
import { operations } from "../generated/operations.js";
import { program, start } from "./program.js";

const USAGE = `Usage: jiti scripts/size.ts --at-most BYTES
  --at-most BYTES  exit 1 if a program with one call is larger than this (bundled, minified and gzipped)`;

function readArguments(args: string[]): number {
  const { "at-most": limit } = parseArgs({ args, options: { "at-most": { type: "string", default: "" } } }).values;
  if (!/^\d+$/.test(limit)) throw new Error(`--at-most is "${limit}"; it must be a number of bytes`);
  return Number(limit);
}

/** Bundles a program and all its dependencies into one minified file. */
export const bundle = (entry: string, outDir: string) =>
  build({
    ...{ config: false, entry, outDir, logLevel: "error" },
    ...{ platform: "neutral", fixedExtension: false, dts: false, tsconfig: false, minify: true },
    deps: { alwaysBundle: /./ },
  });

/** The size in bytes of a program with all its dependencies, minified and gzipped. */
async function sizeOf(program: string): Promise<number> {
  await mkdir(".cache", { recursive: true });
  const folder = await mkdtemp(resolve(".cache/size-")); // inside the project, so that the package can import itself by name
  await writeFile(`${folder}/program.js`, program);
  await bundle(`${folder}/program.js`, `${folder}/out`);
  const code = await readFile(`${folder}/out/program.js`);
  await rm(folder, { recursive: true });
  return gzipSync(code, { level: 9 }).length;
}

export const main = program(USAGE, readArguments, async (limit) => {
  const [id] = Object.keys(operations);
  const bytes = await sizeOf(
    `import { createKonProClient } from "konpro-client";\nconsole.log(await createKonProClient().${id}());\n`,
  );
  console.log(`A program with one call: ${bytes} bytes, minified and gzipped; at most ${limit} are allowed.`);
  return bytes > limit ? 1 : 0;
});

await start(import.meta.url, main);
