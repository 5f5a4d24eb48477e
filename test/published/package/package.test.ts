import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readContract } from "../../../scripts/contract/read.js";
import { type Mock, startPrism } from "../../../scripts/mock.js";
import { install, pack, temporaryFolder } from "./install.js";

const { tarball, files } = pack();
const folder = temporaryFolder();
install(tarball, folder);
const installed = join(folder, "node_modules/konpro-client");
const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
const run = promisify(execFile);

describe("the tarball", () => {
  const code = files.filter((path) => /\.c?js$/.test(path));

  test("holds what a user needs, and nothing else", () => {
    const documents = [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "THIRD-PARTY-NOTICES.md",
      "openapi.yaml",
      "package.json",
    ];
    const entries = ["index", "testing", "validation"].flatMap((entry) =>
      [".js", ".d.ts", ".cjs", ".d.cts"].map((ending) => `dist/${entry}${ending}`),
    );
    expect(files).toEqual(expect.arrayContaining([...documents, ...entries]));
    const others = files.filter((path) => ![...documents, ...entries].includes(path));
    // Chunks that two entries share, and the guides.
    expect(others.filter((path) => !/^(dist\/[\w-]+\.(c?js|d\.c?ts)|docs\/guide\/[\w-]+\.md)$/.test(path))).toEqual([]);
  });

  test("has every file that its documents link to", () => {
    const links = files
      .filter((path) => path.endsWith(".md"))
      .flatMap((path) =>
        [...readFileSync(join(installed, path), "utf8").matchAll(/\]\((?![a-z]+:|[#/])([^)#]+)/g)].map(
          ([, link = ""]) => join(dirname(path), link),
        ),
      );
    expect(links).toContain("docs/guide/errors.md");
    expect(files).toEqual(expect.arrayContaining(links));
  });

  test("has every file that package.json names", () => {
    const { main, types, typesVersions, exports } = manifest;
    const named = JSON.stringify({ main, types, typesVersions, exports }).match(/(?<="\.\/)[^"]+(?="(?!:))/g);
    // Four of each entry; three types and the main file again, for tools that ignore `exports`; and two documents.
    expect(named).toHaveLength(18);
    expect(files).toEqual(expect.arrayContaining(named ?? []));
  });

  test("has one dependency, and no script that runs at its installation", () => {
    expect(Object.keys(manifest.dependencies)).toEqual(["openapi-fetch"]);
    expect(Object.keys(manifest.scripts)).not.toEqual(expect.arrayContaining([expect.stringMatching(/install$/)]));
  });

  test.each(code)("%s runs without Node's modules and globals", async (path) => {
    const text = await readFile(join(installed, path), "utf8");
    const others = new Set(importsOf(text).filter((name) => !name.startsWith("./")));
    expect([...others]).toEqual(/^dist\/index\.c?js$/.test(path) ? ["openapi-fetch"] : []);
    const names = namesIn(text);
    const ofNode = ["Buffer", "global", "__dirname", "__filename", "setImmediate"];
    expect(names.filter((name) => ofNode.includes(name))).toEqual([]);
    // `process` is only used inside a `try`, so it may be missing.
    const borne = text.match(/try \{[^{}]*\bprocess\.env\[/g)?.length ?? 0;
    expect(names.filter((name) => name === "process")).toHaveLength(borne);
    expect(text).not.toContain("sourceMappingURL");
  });

  test.each(files.filter((path) => path.startsWith("dist/")))("%s stays within its format", async (path) => {
    const text = await readFile(join(installed, path), "utf8");
    const ending = /\.(cjs|d\.cts)$/.test(path) ? ".cjs" : ".js";
    const own = importsOf(text).filter((name) => name.startsWith("./"));
    expect(own.filter((name) => extname(name) !== ending)).toEqual([]);
    if (/index\.c?js$/.test(path)) expect(own).toEqual([]); // each further file makes a cold start longer
    if (path.endsWith(".js")) expect(text).not.toMatch(/\brequire\(/);
    else if (path.endsWith(".cjs")) expect(text).toMatch(/^"use strict";/);
  });

  test("pleases publint", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(await readFile(tarball)).buffer } });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("pleases attw", async () => {
    // No program imports the contract.
    const options = ["--exclude-entrypoints", "./openapi.yaml", "--"];
    const attw = run(resolve("node_modules/.bin/attw"), [...options, tarball]);
    await attw.catch(({ stdout }) => expect.fail(stdout));
  });
});

describe("installed in an empty folder", () => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startPrism("openapi.yaml");
  });
  afterAll(() => mock.close());

  const program = "createKonProClient().listWebhookEndpoints().then((list) => console.log(JSON.stringify(list)))";
  test.each([
    ["import", "module", `import { createKonProClient } from "konpro-client"; ${program}`],
    ["require", "commonjs", `const { createKonProClient } = require("konpro-client"); ${program}`],
  ])("it works by %s", async (_, type, text) => {
    const env = { ...process.env, KONPRO_API_KEY: "package-key-0000", KONPRO_BASE_URL: mock.url };
    const { stdout } = await run(process.execPath, [`--input-type=${type}`, "--eval", text], { cwd: folder, env });
    expect(JSON.parse(stdout)).toEqual({ data: [expect.any(Object), expect.any(Object)] });
  });

  test("its methods show the contract's description in an editor", async () => {
    const { operations } = await readContract("openapi.yaml");
    const description = operations.find(({ id }) => id === "listWebhookEndpoints")?.description;
    const text = `import { createKonProClient } from "konpro-client"; createKonProClient().listWebhookEndpoints();`;
    expect(hover(text, "listWebhookEndpoints")).toContain(description?.trim());
  });
});

/** What a text imports or requires. */
const importsOf = (text: string): string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

/** The names in a text, not those in its strings and comments. */
function namesIn(text: string): string[] {
  const visit = (node: ts.Node): string[] => {
    const names = ts.isIdentifier(node) ? [node.text] : [];
    ts.forEachChild(node, (child) => void names.push(...visit(child)));
    return names;
  };
  return visit(ts.createSourceFile("text.js", text, ts.ScriptTarget.Latest));
}

/** What an editor shows for a name in a program of the folder. */
function hover(text: string, name: string): string {
  const file = join(folder, "hover.ts");
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({
      module: ts.ModuleKind.NodeNext,
      lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
      strict: true,
    }),
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const content = path === file ? text : ts.sys.readFile(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
  });
  return ts.displayPartsToString(service.getQuickInfoAtPosition(file, text.indexOf(name))?.documentation);
}
