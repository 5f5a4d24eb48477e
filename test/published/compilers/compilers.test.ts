import { execFile } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../package/install.js";

const folder = resolve("test/published");
const consumer = join(folder, "compilers/consumer");
const work = join(folder, "compilers/.cache"); // below the installed package

/** A user's program and its compiler options. */
interface Project {
  name: string;
  type: "module" | "commonjs";
  files: string[];
  options: object;
}

const DOM = { lib: ["es2022", "dom"], types: [] };
const NODE = { lib: ["es2022"], types: ["node"] };
const module = (module: string, moduleResolution = module) => ({ module, moduleResolution });

/**
 * Each `moduleResolution`, with different platforms, and with and without `exactOptionalPropertyTypes`. Declarations are only checked
 * once per format: the compiler then checks the platform's, too, which takes ten times as long as the program.
 */
const esm: Project[] = [
  { name: "bundler, DOM", ...module("esnext", "bundler"), ...DOM, skipLibCheck: false },
  { name: "node16, @types/node", ...module("node16"), ...NODE, exactOptionalPropertyTypes: true },
  { name: "nodenext, DOM", ...module("nodenext"), ...DOM, exactOptionalPropertyTypes: true },
].map(({ name, ...options }) => ({ name, type: "module", files: ["app.ts"], options }));

/** CommonJS. Its default `moduleResolution` was node10 before TypeScript 6, which deprecates it; 7 removes it. */
function commonjs(major: number): Project[] {
  const options: Record<string, object> = {
    node16: { module: "node16", skipLibCheck: false },
    nodenext: { module: "nodenext" },
    "by default": { module: "commonjs", exactOptionalPropertyTypes: false },
  };
  if (major === 6) options.node10 = { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" };
  return Object.entries(options).map(([name, settings]) => ({
    name: `CommonJS, ${name}`,
    type: "commonjs",
    files: ["app.ts", "require.ts"],
    options: { exactOptionalPropertyTypes: true, ...NODE, ...settings },
  }));
}

const compilers = ["typescript5.4", "typescript", "typescript6", "typescript7"].map((name) => {
  const { version } = JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"));
  return { name, version, projects: [...esm, ...commonjs(Number.parseInt(version, 10))] };
});

/** Runs a tool of the folder and returns its output, even if it fails. */
function run(cwd: string, tool: string, ...words: string[]): Promise<string> {
  const command = [join(folder, "node_modules", tool), ...words];
  return new Promise((done, failed) => {
    execFile(process.execPath, command, { cwd }, (error, stdout, stderr) => {
      if (error && stdout === "") failed(new Error(stderr || error.message));
      else done(stdout);
    });
  });
}

/** A folder with pnpm's layout, in which only the package itself can resolve its dependencies. */
function pnpmFolder(): string {
  const top = temporaryFolder();
  const modules = join(top, "node_modules");
  const names = ["konpro-client", "openapi-fetch", "openapi-typescript-helpers"];
  const store = (name: string) => join(modules, ".pnpm", name, "node_modules");
  for (const name of names) cpSync(join(folder, "node_modules", name), join(store(name), name), { recursive: true });
  for (const [index, name] of names.entries()) {
    symlinkSync(join(store(name), name), join(index === 0 ? modules : store(`${names[index - 1]}`), name), "junction");
  }
  return top;
}

function write({ type, files, options }: Project, path: string): void {
  const compilerOptions = { noEmit: true, strict: true, skipLibCheck: true, target: "es2022", ...options };
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "package.json"), JSON.stringify({ type }));
  writeFileSync(join(path, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  for (const file of files) copyFileSync(join(consumer, file), join(path, file));
}

beforeAll(() => {
  rmSync(work, { recursive: true, force: true });
  for (const { name, projects } of compilers)
    for (const [index, project] of projects.entries()) write(project, join(work, name, String(index)));
});

describe.concurrent("the types compile", () => {
  const table: Record<string, Record<string, string>> = {};
  afterAll(() => console.table(table));

  test.each(compilers)("in $name", async ({ name, version, projects }) => {
    // One process for all projects takes a third of the time of one per project.
    const paths = projects.map((_, index) => `${name}/${index}`);
    const output = await run(work, `${name}/bin/tsc`, "--build", "--force", ...paths, "--pretty", "false");
    const errors = output.split("\n").filter((line) => line.includes("error TS"));
    for (const [index, project] of projects.entries()) {
      const accepted = !errors.some((line) => line.startsWith(`${name}/${index}/`));
      table[project.name] = { ...table[project.name], [`TypeScript ${version}`]: accepted ? "ok" : "FAILED" };
    }
    expect(errors).toEqual([]);
  });
});

test.each(compilers)("$name emits a library's declarations, also under pnpm", async ({ name }) => {
  const top = pnpmFolder();
  const options = {
    declaration: true,
    emitDeclarationOnly: true,
    noEmit: false,
    outDir: "out",
    module: "nodenext",
    ...DOM,
  };
  write({ name, type: "module", files: ["library.ts"], options }, top);
  expect(await run(top, `${name}/bin/tsc`, "-p", ".", "--pretty", "false")).toBe("");
  expect(readFileSync(join(top, "out/library.d.ts"), "utf8")).toContain('Verb<"get">');
});
