import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, inject, test } from "vitest";
import { readContract } from "../../scripts/contract/read.js";
import { loadClient } from "../support/generated-client.js";
import { inputOf, testEveryAnswer } from "./every-answer.js";

const fixtures = inject("fixtures");

for (const fixture of fixtures) {
  const contract = await readContract(fixture.spec);
  const { createKonProClient } = await loadClient(fixture.folder);
  const client = createKonProClient({ apiKey: "test-key-0000", baseUrl: fixture.mock });
  describe(fixture.name, () => testEveryAnswer(contract, () => client));
}

const parsed = ts.createDocumentRegistry(); // the libraries' types are read once for all settings

// Most users have `strict` alone, under which `error?: never` means something else than under our own settings.
test.each([{ exactOptionalPropertyTypes: false }, {}])(
  "a user's file type-checks against each, and a deprecated method is struck through there alone: %j",
  (setting) => {
    const files = fixtures.map(({ folder }) => resolve(folder, "user.ts"));
    const { compilerOptions } = ts.readConfigFile("tsconfig.json", ts.sys.readFile).config;
    const { options } = ts.convertCompilerOptionsFromJson({ ...compilerOptions, incremental: false, ...setting }, ".");
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => options,
      getScriptFileNames: () => files,
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
    const problems = files.flatMap((file) => service.getSemanticDiagnostics(file));
    const text = (problem: ts.Diagnostic) =>
      `${code(problem)}: ${ts.flattenDiagnosticMessageText(problem.messageText, " ")}`;
    expect(problems.map(text)).toEqual([]);

    const struck = files.flatMap((file) => service.getSuggestionDiagnostics(file).filter((d) => d.reportsDeprecated));
    expect(struck.map(code)).toEqual(["listOldOrders"]);
  },
);

describe.each(fixtures)("without a network, $name", async (fixture) => {
  const contract = await readContract(fixture.spec);
  const { createKonProClient, createMockApi, validateResponses, examples } = await loadClient(fixture.folder);

  test.each(contract.operations)("$id is mocked and checked", async (operation) => {
    const { id } = operation;
    const api = createMockApi();
    const client = createKonProClient({ apiKey: "test-key-0000", baseUrl: "https://mock.example", fetch: api.fetch });
    client.use(validateResponses());
    const outcome: unknown = await Reflect.get(client, id)(inputOf(contract, operation));
    const [response] = Object.values<{ examples: object }>(Reflect.get(examples, id));
    const [example] = Object.values(response?.examples ?? {});
    expect(outcome instanceof Blob ? await outcome.text() : outcome).toEqual(example);
  });
});
