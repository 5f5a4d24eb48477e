// Builds dist/. tsdown's own command warns about Node.js 20, which its API supports without a warning.
import { parseArgs } from "node:util";
import { build } from "tsdown";
import { program, start } from "./program.js";

const USAGE = "Usage: npm run build";

/** Builds the package as configured in tsdown.config.ts; throws if that fails. */
export const buildPackage = () => build({ logLevel: "error" });

const read = (args: string[]) => parseArgs({ args });

export const main = program(USAGE, read, async () => {
  await buildPackage();
  return 0;
});

await start(import.meta.url, main);
