// The consumer tests of an earlier commit (its test/types/) against today's types: what compiled must still compile.
import ts from "typescript";
import { layOut } from "./history.js";

/** Below the project, so that imports of packages resolve as they do for today's tests. */
const DIRECTORY = ".cache/previous";
const TESTS = "test/types";

/** "Unused @ts-expect-error": what was refused is now accepted, which breaks no program. */
const NOW_ACCEPTED = 2578;

export interface PreviousTypes {
  files: number;
  /** What no longer compiles, as the compiler says it. */
  errors: string[];
}

export function compilePreviousTypes(base: string): PreviousTypes {
  if (!layOut(base, DIRECTORY, TESTS)) return { files: 0, errors: [] };
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    {
      extends: "../../tsconfig.json",
      // Old tests may reach the sources by a relative path: it leads to today's.
      compilerOptions: { incremental: false, noUnusedLocals: false, rootDirs: ["../..", "."] },
      include: [TESTS],
    },
    ts.sys,
    DIRECTORY,
  );
  const errors = ts
    .getPreEmitDiagnostics(ts.createProgram(fileNames, options))
    .filter(({ code }) => code !== NOW_ACCEPTED);
  const host = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    getNewLine: () => "\n",
  };
  return { files: fileNames.length, errors: errors.map((error) => ts.formatDiagnostic(error, host).trim()) };
}
