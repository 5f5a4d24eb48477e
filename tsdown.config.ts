import { defineConfig, type UserConfig } from "tsdown";

/**
 * Makes the CommonJS build use openapi-fetch's `exports.default` as the default import. In a package with `"type": "module"`, Rolldown
 * uses the whole `module.exports` instead, as Node does (rolldown/rolldown#10800); a virtual module outside any package avoids that.
 */
const outsideAnyPackage = "\0openapi-fetch";
const defaultOfOpenapiFetch = {
  name: "default-of-openapi-fetch",
  resolveId: {
    order: "pre",
    handler: (id: string, importer?: string) =>
      id === "openapi-fetch" && importer?.endsWith("client.ts") ? outsideAnyPackage : undefined,
  },
  load: (id: string) =>
    id === outsideAnyPackage ? `export * from "openapi-fetch"; export { default } from "openapi-fetch";` : undefined,
} as const;

const comments = { jsdoc: false }; // editors take them from the types
const shared: UserConfig = {
  platform: "neutral",
  dts: true,
  fixedExtension: false,
  outputOptions: { comments },
};
// Strict mode, as in ES modules. `__esModule` makes compiled `import * as` return the exports themselves, not a copy, so tests can spy on them.
const commonjs = { comments, strict: true, esModule: true };

export default defineConfig([
  {
    ...shared,
    entry: ["src/index.ts"],
    format: { esm: {}, cjs: { plugins: [defaultOfOpenapiFetch], outputOptions: commonjs } },
  },
  {
    ...shared,
    entry: ["src/testing.ts", "src/validation.ts"],
    clean: false,
    // They import the error classes from the main entry point of the same format.
    deps: { neverBundle: ["./index.js"] },
    inputOptions: { makeAbsoluteExternalsRelative: false },
    format: { esm: {}, cjs: { outputOptions: { ...commonjs, paths: { "./index.js": "./index.cjs" } } } },
  },
]);
