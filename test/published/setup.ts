// Installs this folder's tools from their lockfile, and the package from its tarball, as users get it.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import build from "./build.js";
import { install, npm, pack } from "./package/install.js";

/** A tarball to test instead of packing this repository. */
const GIVEN = process.env.KONPRO_CLIENT_TARBALL;

const FOLDER = resolve("test/published");

/** The only packages whose install scripts run: they fetch a runtime from the registry. */
const RUNTIMES = ["bun", "deno", "node20", "node22", "node24", "node26"];

export default function setup(): void {
  if (!GIVEN) build();
  const tarball = GIVEN ? resolve(GIVEN) : pack().tarball;
  once(join(FOLDER, "node_modules/.tools"), join(FOLDER, "package-lock.json"), () => {
    npm(FOLDER, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    npm(FOLDER, "rebuild", ...RUNTIMES);
  });
  once(join(FOLDER, "node_modules/.konpro-client"), tarball, () => install(tarball, FOLDER));
}

/** Skips the work if the stamp shows that it was done for the same file. */
function once(stamp: string, file: string, work: () => void): void {
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  console.log(`Creating ${stamp}`);
  work();
  writeFileSync(stamp, hash);
}
