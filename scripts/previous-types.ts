// The consumer tests of the last release (its test/types/) against today's types: what compiled must go on compiling.
import { inc, lt } from "semver";
import ts from "typescript";
import { lastRelease, layOut, nextVersion } from "./releases.js";

const DIRECTORY = ".cache/previous";

/** "Unused @ts-expect-error": what was refused is now accepted, which breaks nobody. */
const NOW_ACCEPTED = 2578;

process.exitCode = await main();

async function main(): Promise<number> {
  const release = lastRelease();
  if (!release) {
    console.log("There is no release yet: no earlier consumer tests to compile.");
    return 0;
  }
  layOut(release, DIRECTORY, "test/types");
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    {
      extends: "../../tsconfig.json",
      // Old tests may reach the sources by a relative path: it leads to today's.
      compilerOptions: { incremental: false, noUnusedLocals: false, rootDirs: ["../..", "."] },
      include: ["test/types"],
    },
    ts.sys,
    DIRECTORY,
  );
  const errors = ts
    .getPreEmitDiagnostics(ts.createProgram(fileNames, options))
    .filter(({ code }) => code !== NOW_ACCEPTED);
  console.log(`${release}: ${fileNames.length} consumer test file(s), ${errors.length} error(s)`);
  if (errors.length === 0) return 0;

  const host = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: ts.sys.getCurrentDirectory };
  console.error(ts.formatDiagnostics(errors, { ...host, getNewLine: () => "\n" }));
  const next = await nextVersion();
  const major = inc(release.slice(1), "major");
  if (major && !lt(next, major)) {
    console.log(`The next version is ${next}, a major one: breaking changes are announced.`);
    return 0;
  }
  console.error(`Programs of users break in the same way: mend the types, or add a changeset with a major bump.`);
  return 1;
}
