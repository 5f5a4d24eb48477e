// Every TypeScript block of README and the guides, and every sample of a call, compiles, and runs against the mock.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readContract } from "../../scripts/docs/contract.js";
import { samplesOf } from "../../scripts/docs/samples.js";
import { type Mock, startPrism } from "../../scripts/mock.js";
import { blocksOf, programsOf } from "./blocks.js";

const folder = resolve(".cache/guides");
const snippets = [...(await guideSnippets()), ...(await callSamples())];

async function pagesWithCode() {
  return ["README.md", "docs/index.md", ...(await readdir("docs/guide")).map((file) => join("docs/guide", file))];
}

async function guideSnippets() {
  const found: { name: string; code: string }[] = [];
  for (const file of await pagesWithCode()) {
    const programs = programsOf(await readFile(file, "utf8"));
    found.push(...programs.map((code, index) => ({ name: `${basename(file, ".md")}-${index + 1}`, code })));
  }
  return found;
}

async function callSamples() {
  const contract = await readContract("openapi.yaml");
  return contract.operations.flatMap((operation) =>
    samplesOf(contract, operation)
      .filter(({ lang }) => lang === "TypeScript")
      .map(({ source }) => ({ name: operation.id, code: source })),
  );
}

const fileOf = (name: string) => join(folder, `${name}.ts`);

let mock: Mock;
beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  for (const { name, code } of snippets) await writeFile(fileOf(name), `${code}\nexport {};\n`);
  mock = await startPrism("openapi.yaml");
  vi.stubEnv("KONPRO_API_KEY", "test-key-0000");
  vi.stubEnv("KONPRO_BASE_URL", mock.url);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await mock?.close();
  await rm(folder, { recursive: true });
});

test("there are snippets of both kinds", () => {
  expect(snippets.length).toBeGreaterThan(10);
  expect(snippets.map(({ name }) => name)).toEqual(expect.arrayContaining(["README-1", "errors-1"]));
});

test("all compile", () => {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const names = snippets.map(({ name }) => fileOf(name));
  const program = ts.createProgram(names, { ...options, incremental: false, noUnusedLocals: false });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file && names.includes(resolve(file.fileName)))
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  expect(problems).toEqual([]);
});

describe.each(snippets)("$name", ({ name, code }) => {
  test("runs, and logs no secret", async () => {
    const logs = (["log", "warn", "error"] as const).map((method) => vi.spyOn(console, method).mockReturnValue());
    await import(/* @vite-ignore */ pathToFileURL(fileOf(name)).href);
    const calls = logs.flatMap((log) => log.mock.calls);
    if (code.includes("console.log")) expect(calls).not.toEqual([]);
    expect(JSON.stringify(calls)).not.toMatch(/whsec_|test-key/);
    for (const log of logs) log.mockRestore();
  });
});

test("code has at most 80 columns, so that it fits its box", async () => {
  const wide: string[] = [];
  const look = (name: string, code: string) =>
    wide.push(...code.split("\n").flatMap((line) => (line.length > 80 ? [`${name}: ${line}`] : [])));
  for (const file of await pagesWithCode()) {
    for (const { code } of blocksOf(await readFile(file, "utf8"))) look(file, code);
  }
  for (const file of (await readdir("src")).filter((name) => name.endsWith(".ts"))) {
    const examples = (await readFile(join("src", file), "utf8")).matchAll(/^ *\* ```ts\n(.*?)^ *\* ```/gms);
    for (const [, code = ""] of examples) look(file, code.replace(/^ *\* ?/gm, ""));
  }
  const contract = await readContract("openapi.yaml");
  for (const operation of contract.operations) {
    for (const { label, source } of samplesOf(contract, operation)) {
      look(`${operation.id}, ${label}`, source.replace(/^ *'https:\S+' \\$/m, "")); // a URL cannot be broken
    }
  }
  expect(wide).toEqual([]);
});
