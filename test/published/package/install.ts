// The package as users get it: packed after `npm run build`, and installed from the tarball.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs npm and returns its stdout; stderr is only shown on failure. */
export function npm(folder: string, ...words: string[]): string {
  try {
    return execFileSync("npm", words, {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
      shell: process.platform === "win32",
    });
  } catch (error) {
    throw new Error(`npm ${words.join(" ")} failed in ${folder}:\n${Reflect.get(Object(error), "stderr")}`);
  }
}

/** A folder that is deleted when this process exits. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "konpro-client-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Packs into a new folder; returns the paths of the tarball and of the files in it. */
export function pack(): { tarball: string; files: string[] } {
  const folder = temporaryFolder();
  const [packed] = JSON.parse(npm(".", "pack", "--json", "--ignore-scripts", "--pack-destination", folder));
  return { tarball: join(folder, packed.filename), files: packed.files.map(({ path }: { path: string }) => path) };
}

/** Installs the tarball in a folder. */
export function install(tarball: string, folder: string): void {
  // npm would keep an installed one of the same version.
  rmSync(join(folder, "node_modules/konpro-client"), { recursive: true, force: true });
  npm(folder, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", tarball);
}
