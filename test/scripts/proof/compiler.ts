// The project's own compiler settings, for the client as it would be with another `generated/`.
import { resolve } from "node:path";
import ts from "typescript";

const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(
  { ...config.compilerOptions, incremental: false, tsBuildInfoFile: undefined },
  ".",
);
const known = new Map<string, ts.SourceFile | undefined>();
let last: ts.Program | undefined;

/** What the compiler says about the files of a folder, each of which imports `../src` and `../generated`. */
export function compile(folder: string): string[] {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...rest) => {
    if (!known.has(file)) known.set(file, getSourceFile(file, ...rest));
    return known.get(file);
  };
  host.resolveModuleNameLiterals = (names, from, redirected, options, file) =>
    names.map((name) => {
      const target = name.text
        .replace(/^(\.\.\/)+generated\//, `${resolve(folder)}/`)
        .replace("../src/", `${resolve("src")}/`);
      const mode = ts.getModeForUsageLocation(file, name, options);
      return ts.resolveModuleName(target, from, options, host, undefined, redirected, mode);
    });
  const program = ts.createProgram({
    rootNames: ["use.ts", "schema.ts", "operations.ts", "values.ts", "examples.ts"].map((f) => `${folder}/${f}`),
    options,
    host,
    ...(last ? { oldProgram: last } : {}),
  });
  last = program;
  const files = program
    .getSourceFiles()
    .filter(
      ({ fileName }) =>
        resolve(fileName).startsWith(resolve(folder)) ||
        (resolve(fileName).startsWith(resolve("src")) && !fileName.includes("/webhook-")),
    );
  return files
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(
      ({ file, start = 0, messageText }) =>
        `${file?.fileName}:${(file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}
