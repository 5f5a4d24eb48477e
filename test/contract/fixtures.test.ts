import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { describe, expect, inject, test, vi } from "vitest";
import { readContract } from "../../scripts/contract/read.js";
import { contractSuite } from "./suite.js";

const fixtures = inject("fixtures");

/** The client made from a fixture; what it offers is known to the fixture's contract alone. */
async function clientOf({ folder }: { folder: string }): Promise<typeof import("../../src/client.js")> {
  return import(pathToFileURL(resolve(folder, "src/client.ts")).href);
}

for (const fixture of fixtures) {
  const contract = await readContract(fixture.spec);
  const { createKonProClient } = await clientOf(fixture);
  const client = createKonProClient({ apiKey: "test-key-0000", baseUrl: fixture.mock });
  describe(fixture.name, () => contractSuite(contract, () => client));
}

describe("what goes over the wire", async () => {
  const orders = fixtures.find(({ name }) => name === "orders");
  const { createKonProClient } = await clientOf({ folder: orders?.folder ?? "" });
  const requests: Request[] = [];
  const apiKey = vi.fn(() => "test-key-0000");
  const client = createKonProClient({
    apiKey,
    baseUrl: "https://orders.example/base/",
    fetch: async (request, init) => {
      requests.push(new Request(request, init));
      return new Response(null, { status: 204 });
    },
  });
  /** Calls a method by its name and gives the request it made. */
  const sent = async (id: string, init?: object) => {
    requests.length = 0;
    apiKey.mockClear();
    expect(await Reflect.get(client, id)(init)).toBeUndefined();
    const [request] = requests;
    if (!request) throw new Error("nothing was sent");
    return request;
  };

  test("path, query and header parameters", async () => {
    const path = { "order-id": "a/b c" };
    expect((await sent("deleteOrder", { params: { path } })).url).toBe("https://orders.example/base/orders/a%2Fb%20c");
    expect(apiKey).toHaveBeenCalledOnce();
  });

  test("no key where the contract says `security: []`, and nobody is asked for one", async () => {
    const request = await sent("ping");
    expect(request.headers.has("X-Token")).toBe(false);
    expect(apiKey).not.toHaveBeenCalled();
  });

  test("the key in the header that the contract names", async () => {
    const request = await sent("deleteOrder", { params: { path: { "order-id": "a" } } });
    expect(request.headers.get("X-Token")).toBe("test-key-0000");
  });
});

const parsed = ts.createDocumentRegistry(); // the libraries' types are read once for all settings

// `strict` alone is what most users have; it reads `error?: never` in another way than our own settings do.
test.each([{ exactOptionalPropertyTypes: false }, {}])(
  "a user's file type-checks against each, and a deprecated method is struck through there alone: %j",
  { timeout: 30_000 },
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
    // Of our own source only the user's view counts: it is written for our settings.
    const problems = files.flatMap((file) => service.getSemanticDiagnostics(file));
    const text = (problem: ts.Diagnostic) =>
      `${code(problem)}: ${ts.flattenDiagnosticMessageText(problem.messageText, " ")}`;
    expect(problems.map(text)).toEqual([]);

    const struck = files.flatMap((file) => service.getSuggestionDiagnostics(file).filter((d) => d.reportsDeprecated));
    expect(struck.map(code)).toEqual(["listOldOrders"]);
  },
);

describe.each(fixtures)("without a network, $name", async (fixture) => {
  const { operations } = await readContract(fixture.spec);
  const { createKonProClient } = await clientOf(fixture);
  const load = (file: string) => import(pathToFileURL(resolve(fixture.folder, file)).href);
  const { createMockApi }: typeof import("../../src/testing.js") = await load("src/testing.ts");
  const { validateResponses }: typeof import("../../src/validation.js") = await load("src/validation.ts");
  const { examples }: typeof import("../../generated/examples.js") = await load("generated/examples.ts");

  test.each(operations)("$id is mocked and checked", async ({ id, path }) => {
    const api = createMockApi();
    const client = createKonProClient({ apiKey: "test-key-0000", baseUrl: "https://mock.example", fetch: api.fetch });
    client.use(validateResponses());
    const names = [...path.matchAll(/\{(.*?)\}/g)].map(([, name = ""]) => [name, "1"]);
    const outcome: unknown = await Reflect.get(client, id)({ params: { path: Object.fromEntries(names) } });
    const [response] = Object.values<{ examples: object }>(Reflect.get(examples, id));
    const [example] = Object.values(response?.examples ?? {});
    expect(outcome instanceof Blob ? await outcome.text() : outcome).toEqual(example);
  });
});
