// Builds dist/. tsdown's own command warns about Node.js 20, which its programming interface supports in silence.
import { parseArgs } from "node:util";
import { build } from "tsdown";
import { isProgram, orUsage } from "./usage.js";

const USAGE = "Usage: npm run build";

/** Builds the package as tsdown's configuration says; throws if that fails. */
export const buildPackage = () => build({ logLevel: "error" });

async function main(args: string[]): Promise<number> {
  const ready = await orUsage(USAGE, () => parseArgs({ args }));
  if (!ready) return 2;
  await buildPackage();
  return 0;
}

if (isProgram(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
