// Installs the tools from their locks, and the package beside them as a user gets it: from its tarball.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { npm, pack } from "../package/install.js";
import { here, projects } from "./projects.js";

/** A tarball to test in place of the one that is packed from this repository. */
const GIVEN = process.env.KONPRO_CLIENT_TARBALL;

/** The only packages whose install scripts run: they fetch a runtime from the registry. */
const RUNTIMES = ["bun", "node24"];

export default function setup(): void {
  const tarball = GIVEN ? resolve(GIVEN) : pack().tarball;
  installAt(here, tarball, RUNTIMES);
  for (const { source, folder } of projects) {
    mkdirSync(folder, { recursive: true });
    for (const file of ["package.json", "package-lock.json"]) cpSync(join(source, file), join(folder, file));
    installAt(folder, tarball);
  }
}

/** Does what is not done yet: the tools again if their lock is another one, the package again if its tarball is. */
function installAt(folder: string, tarball: string, scripts: string[] = []): void {
  const modules = join(folder, "node_modules");
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
  once(join(modules, ".tools"), join(folder, "package-lock.json"), () => {
    console.log(`Installing the tools of ${folder}`);
    npm(folder, "ci", ...quiet);
    if (scripts.length > 0) npm(folder, "rebuild", ...scripts);
  });
  once(join(modules, ".konpro-client"), tarball, () => {
    console.log(`Installing konpro-client in ${folder}`);
    // npm would keep one of the same version.
    rmSync(join(modules, "konpro-client"), { recursive: true, force: true });
    npm(folder, "install", "--no-save", ...quiet, tarball);
  });
}

/** Does it unless the stamp says that it was done for the very same file. */
function once(stamp: string, file: string, work: () => void): void {
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  work();
  writeFileSync(stamp, hash);
}
