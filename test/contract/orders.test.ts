// A client of another contract, as a user's program sees it. That its calls do what they say is for test/scripts/proof/.
import { cp } from "node:fs/promises";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";
import { generateClient } from "../support/generated-client.js";

const folder = ".cache/orders";
const user = `${folder}/user.ts`;
beforeAll(async () => {
  await generateClient("test/fixtures/orders.yaml", folder);
  await cp("test/fixtures/orders.ts", user);
});

const parsed = ts.createDocumentRegistry(); // the libraries' types are read once for all settings

// Most users have `strict` alone, under which `error?: never` means something else than under our own settings.
test.each([{ exactOptionalPropertyTypes: false }, {}])(
  "a user's file type-checks, and a deprecated method is struck through: %j",
  (setting) => {
    const { compilerOptions } = ts.readConfigFile("tsconfig.json", ts.sys.readFile).config;
    const { options } = ts.convertCompilerOptionsFromJson({ ...compilerOptions, incremental: false, ...setting }, ".");
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [user],
      getScriptVersion: () => "",
      getScriptSnapshot: (file) => ts.ScriptSnapshot.fromString(ts.sys.readFile(file) ?? ""),
      getCurrentDirectory: () => process.cwd(),
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
    };
    const service = ts.createLanguageService(host, parsed);
    const code = ({ file, start = 0, length = 0 }: ts.Diagnostic) => file?.text.slice(start, start + length);
    // Only the user's file is checked: our own sources are written for our settings.
    const text = (problem: ts.Diagnostic) =>
      `${code(problem)}: ${ts.flattenDiagnosticMessageText(problem.messageText, " ")}`;
    expect(service.getSemanticDiagnostics(user).map(text)).toEqual([]);
    const struck = service.getSuggestionDiagnostics(user).filter((problem) => problem.reportsDeprecated);
    expect(struck.map(code)).toEqual(["listOldOrders"]);
  },
);
