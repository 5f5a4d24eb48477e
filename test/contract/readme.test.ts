// Every TypeScript block of the README and of the contract's code samples compiles, and runs against the mock.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { readContract } from "../../scripts/contract/read.js";

const readme = await readFile("README.md", "utf8");
const { document } = await readContract("openapi.yaml");
const blocks = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = ""]) => code);
const samples: string[] = Object.values(Object(document.paths)).flatMap((item) =>
  Object.values(Object(item)).flatMap((operation) =>
    (Object(operation)["x-codeSamples"] ?? [])
      .filter((sample: { lang: string }) => sample.lang === "TypeScript")
      .map((sample: { source: string }) => sample.source),
  ),
);
const folder = resolve(".cache/readme");
const files = [...blocks, ...samples].map((code, index) => ({ code, file: resolve(folder, `block-${index}.ts`) }));

beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  for (const { code, file } of files) await writeFile(file, code);
  vi.stubEnv("KONPRO_API_KEY", "test-key-0000");
  vi.stubEnv("KONPRO_BASE_URL", inject("mock"));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test("there are blocks in both", () => {
  expect(blocks.length).toBeGreaterThan(1);
  expect(samples).toHaveLength(1);
});

test("all compile", () => {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const names = files.map(({ file }) => file);
  const program = ts.createProgram(names, { ...options, incremental: false, noUnusedLocals: false });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file && names.includes(resolve(file.fileName)));
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});

describe.each(files)("$file", ({ file, code }) => {
  test("runs", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await import(/* @vite-ignore */ pathToFileURL(file).href);
    if (code.includes("console.log")) expect(log).toHaveBeenCalled();
    expect(JSON.stringify(log.mock.calls)).not.toMatch(/whsec_|test-key/);
    log.mockRestore();
  });
});
