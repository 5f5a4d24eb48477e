// The last release, and the next version.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import getReleasePlan from "@changesets/get-release-plan";

/** The output of a git command, or undefined if it fails. */
function git(...args: string[]): string | undefined {
  try {
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

/** The tag of the last release in the history of the working tree. */
export const lastRelease = () => git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*");

/** Whether there is a commit with this name. */
export const isCommit = (name: string) => git("rev-parse", "--verify", "--quiet", `${name}^{commit}`) !== undefined;

/** The files with public types that changed since a commit. */
export const changedTypes = (commit: string): string[] =>
  git("diff", "--name-only", commit, "--", "test/types/*.txt")?.split("\n").filter(Boolean) ?? [];

/** Copies the files of a commit into a directory. */
export function layOut(commit: string, directory: string): void {
  const archive = join(directory, ".archive.tar");
  execFileSync("git", ["archive", "--output", archive, commit]);
  execFileSync("tar", ["-xf", archive, "-C", directory]);
  rmSync(archive);
}

/** The version in a directory's package.json. */
export function packageVersion(directory: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  return version;
}

/** The package's version once the pending changesets in .changeset/ are applied. */
export async function nextVersion(): Promise<string> {
  const { releases } = await getReleasePlan(process.cwd());
  return releases[0]?.newVersion ?? packageVersion(".");
}
