// Runs the project's compiler on the client with another `generated/`.
import { resolve } from "node:path";
import ts from "typescript";

const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
const settings = { ...config.compilerOptions, incremental: false, tsBuildInfoFile: undefined };
const { options } = ts.convertCompilerOptionsFromJson(settings, ".");
/** Files that are the same for all contracts. */
const known = new Map<string, ts.SourceFile | undefined>();
let oldProgram: ts.Program | undefined;

/** The compiler's errors in the files generated from a contract, and in those of `src/` that import them. */
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
        .replace(/^(\.\.\/)+generated(?=\/)/, resolve(folder))
        .replace(/^src(?=\/)/, resolve("src"));
      const mode = ts.getModeForUsageLocation(file, name, options);
      return ts.resolveModuleName(target, from, options, host, undefined, redirected, mode);
    });
  const rootNames = ["use", "values", "examples"].map((name) => `${folder}/${name}.ts`);
  const program = ts.createProgram({ rootNames, options, host, ...(oldProgram ? { oldProgram } : {}) });
  oldProgram = program;
  const isOfInterest = ({ fileName, text }: ts.SourceFile) =>
    resolve(fileName).startsWith(resolve(folder)) ||
    (/\/src\/(?!webhook-)[\w-]+\.ts$/.test(fileName) && text.includes("/generated/"));
  const files = program.getSourceFiles().filter(isOfInterest);
  const problems = files.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  return problems.map(({ file, start = 0, messageText }) => {
    const { line = 0 } = file?.getLineAndCharacterOfPosition(start) ?? {};
    return `${file?.fileName}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
