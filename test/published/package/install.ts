// The package as a user gets it: packed from what `npm run build` made, and installed from the tarball.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs npm; gives what it prints, and shows what it says only if it fails. */
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

/** A folder that goes away with this process. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "konpro-client-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Packs into a folder of its own; gives the tarball's path and the paths of the files in it. */
export function pack(): { tarball: string; files: string[] } {
  const folder = temporaryFolder();
  const [packed] = JSON.parse(npm(".", "pack", "--json", "--ignore-scripts", "--pack-destination", folder));
  return { tarball: join(folder, packed.filename), files: packed.files.map(({ path }: { path: string }) => path) };
}

/** Installs the tarball in a folder, beside what is there. */
export function install(tarball: string, folder: string): void {
  // npm would keep one of the same version.
  rmSync(join(folder, "node_modules/konpro-client"), { recursive: true, force: true });
  npm(folder, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", tarball);
}
