import { defineConfig, type UserConfig } from "tsdown";

/**
 * Gives the CommonJS build openapi-fetch's `exports.default` for its default. In a package of ES modules Rolldown takes all of
 * `module.exports` for it, as Node does in an ES module (rolldown/rolldown#10800); in a module that is in no package it does not.
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

const comments = { jsdoc: false }; // an editor takes them from the types
const shared: UserConfig = {
  platform: "neutral",
  dts: true,
  fixedExtension: false,
  outputOptions: { comments },
};
// Strict as every ES module is. Marked as one, so that `import * as` of a compiler gives these exports, which a test can spy on, and no copy.
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
    // They take the error classes from the main entry, each build from that of its own format.
    deps: { neverBundle: ["./index.js"] },
    inputOptions: { makeAbsoluteExternalsRelative: false },
    format: { esm: {}, cjs: { outputOptions: { ...commonjs, paths: { "./index.js": "./index.cjs" } } } },
  },
]);
