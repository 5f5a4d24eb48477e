// What was released, and the next version.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import getReleasePlan from "@changesets/get-release-plan";

/** What git prints, or undefined where it fails. */
function git(...args: string[]): string | undefined {
  try {
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

/** The tag of the last release in the history of the working tree. */
export const lastRelease = () => git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*");

/** Whether git knows a commit by this name. */
export const isCommit = (name: string) => git("rev-parse", "--verify", "--quiet", `${name}^{commit}`) !== undefined;

/**
 * Copies the files of a commit, or those below a path of it, into a directory, which is emptied first.
 *
 * @returns whether the commit has such a path
 */
export function layOut(commit: string, directory: string, path = "."): boolean {
  rmSync(directory, { recursive: true, force: true });
  if (path !== "." && !git("ls-tree", commit, path)) return false;
  mkdirSync(directory, { recursive: true });
  const archive = join(directory, ".archive.tar");
  execFileSync("git", ["archive", "--output", archive, commit, path]);
  execFileSync("tar", ["-xf", archive, "-C", directory]);
  rmSync(archive);
  return true;
}

/** The version that package.json has in a directory. */
export function packageVersion(directory: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  return version;
}

/** The package's version once the changesets that wait in .changeset/ are applied. */
export async function nextVersion(): Promise<string> {
  const { releases } = await getReleasePlan(process.cwd());
  return releases[0]?.newVersion ?? packageVersion(".");
}
