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
  const isModule = /^(import|export)\b/m.test(source);
  const code = isModule ? ts.transpileModule(source, { compilerOptions: options }).outputText : source;
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

  function load(file: string): unknown {
    const module = { exports: {} };
    if (loaded.has(file)) return loaded.get(file);
    loaded.set(file, module.exports);
    const run = evaluate(`(function (module, exports, require) {${compile(file)}\n})`);
    if (typeof run !== "function") throw new Error("evaluate has to give the value of the script");
    run(module, module.exports, (name: string) => {
      if (name.includes("/generated/")) return load(sourceOf(resolve(generated, basename(name))));
      if (name.startsWith(".")) return load(sourceOf(resolve(file, "..", name)));
      return load(require.resolve(name));
    });
    loaded.set(file, module.exports);
    return module.exports;
  }

  return load;
}

/** An import names the file that TypeScript would make. */
function sourceOf(file: string): string {
  const source = file.replace(/\.js$/, ".ts");
  return existsSync(source) ? source : file;
}
