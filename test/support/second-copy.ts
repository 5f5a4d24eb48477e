import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, resolve } from "node:path";
import ts from "typescript";

const require = createRequire(import.meta.url);
const compiled = new Map<string, string>();

function compile(file: string): string {
  const known = compiled.get(file);
  if (known !== undefined) return known;
  const source = readFileSync(file, "utf8");
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const code = file.endsWith(".ts") ? ts.transpileModule(source, { compilerOptions: options }).outputText : source;
  compiled.set(file, code);
  return code;
}

/**
 * Loads a second copy of the client, beside the one that the tests import.
 *
 * @param evaluate - runs a script; the copy belongs to the realm that it runs in
 * @param generated - where the contract's files are
 */
export function loadCopy(evaluate: (code: string) => unknown, generated = ".cache/things/generated") {
  // What the module exports is what its types say.
  return copyLoader(evaluate, generated)(resolve("src/index.ts")) as typeof import("../../src/index.js");
}

/** Loads modules of such a copy by their files. */
export function copyLoader(evaluate: (code: string) => unknown, generated: string): (file: string) => unknown {
  const loaded = new Map<string, unknown>();

  function load(name: string): unknown {
    const source = name.replace(/\.js$/, ".ts"); // an import names the file that TypeScript would make
    const file = existsSync(source) ? source : name;
    // Checks are plain functions, large and not in TypeScript.
    if (file.startsWith(resolve(generated)) && file !== source) return require(file);
    const module = { exports: {} };
    if (loaded.has(file)) return loaded.get(file);
    loaded.set(file, module.exports);
    const run = evaluate(`(function (module, exports, require) {${compile(file)}\n})`);
    if (typeof run !== "function") throw new Error("evaluate has to give the value of the script");
    run(module, module.exports, (name: string) => {
      if (name.includes("/generated/")) return load(resolve(generated, basename(name)));
      return load(name.startsWith(".") ? resolve(file, "..", name) : require.resolve(name));
    });
    loaded.set(file, module.exports);
    return module.exports;
  }

  return load;
}
