import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { install, pack, temporaryFolder } from "./install.js";

const { tarball, files } = pack();
const folder = temporaryFolder();
install(tarball, folder);
const installed = join(folder, "node_modules/konpro-client");
const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
const run = promisify(execFile);

describe("the tarball", () => {
  const code = files.filter((path) => /\.c?js$/.test(path));

  test("contains what users need, and nothing else", () => {
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
    // Guides, and chunks shared by entry points.
    expect(others.filter((path) => !/^(docs\/guide\/\w+.*\.md|dist\/[\w-]+\.(c?js|d\.c?ts))$/.test(path))).toEqual([]);
  });

  test("has one dependency and no install script", () => {
    expect(Object.keys(manifest.dependencies)).toEqual(["openapi-fetch"]);
    expect(Object.keys(manifest.scripts)).not.toEqual(expect.arrayContaining([expect.stringMatching(/install$/)]));
  });

  test.each(code)("%s runs without Node's modules and globals", async (path) => {
    const text = await readFile(join(installed, path), "utf8");
    const others = new Set(importsOf(text).filter((name) => !name.startsWith("./")));
    const isMain = /^dist\/index\.c?js$/.test(path);
    expect([...others]).toEqual(isMain ? ["openapi-fetch"] : []);
    if (isMain) expect(text).not.toMatch(/["']\.\//); // every extra file slows a cold start
    const names = namesIn(text);
    const ofNode = ["Buffer", "global", "__dirname", "__filename", "setImmediate"];
    expect(names.filter((name) => ofNode.includes(name))).toEqual([]);
    // `process` is only used inside a `try`, since it may be missing.
    const guarded = text.match(/try \{[^{}]*\bprocess\.env\[/g)?.length ?? 0;
    expect(names.filter((name) => name === "process")).toHaveLength(guarded);
    expect(text).not.toContain("sourceMappingURL");
  });

  test("passes publint", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(await readFile(tarball)).buffer } });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("passes attw", async () => {
    // No program imports the contract.
    const options = ["--exclude-entrypoints", "./openapi.yaml", "--"];
    const attw = run(resolve("node_modules/.bin/attw"), [...options, tarball]);
    await attw.catch(({ stdout }) => expect.fail(stdout));
  });
});

/** The modules that a file imports or requires. */
const importsOf = (text: string): string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

/** The identifiers in a file. */
function namesIn(text: string): string[] {
  const visit = (node: ts.Node): string[] => {
    const names = ts.isIdentifier(node) ? [node.text] : [];
    ts.forEachChild(node, (child) => void names.push(...visit(child)));
    return names;
  };
  return visit(ts.createSourceFile("text.js", text, ts.ScriptTarget.Latest));
}
