// A user pays only for what a program imports.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type InlineConfig } from "tsdown";
import { afterAll, expect, test } from "vitest";

await mkdir(".cache", { recursive: true });
const folder = await mkdtemp(join(process.cwd(), ".cache", "entries-"));
afterAll(() => rm(folder, { recursive: true }));

const quiet: InlineConfig = {
  config: false,
  platform: "neutral",
  fixedExtension: false,
  dts: false,
  logLevel: "silent",
};

/** What a bundler makes of a program that uses one thing of the package, line by line; sorted, since the order of the modules does not matter. */
async function bundle(name: string, index: string): Promise<string[]> {
  const entry = join(folder, `${name}.js`);
  await writeFile(entry, `export { createKonProClient } from ${JSON.stringify(index)};`);
  await build({ ...quiet, entry, outDir: join(folder, name), deps: { alwaysBundle: /./ } });
  const lines = (await readFile(join(folder, name, `${name}.js`), "utf8")).split("\n");
  return lines.filter((line) => !/^\s*(\/\/#|\/?\*)/.test(line)).sort(); // a minifier removes comments
}

test("a program that uses the client alone gets the same bytes as without the other entries", async () => {
  await build({ ...quiet, entry: ["src/index.ts"], outDir: join(folder, "dist") });
  const modules = (await readFile(join(folder, "dist/index.js"), "utf8")).match(/(?<=^\/\/#region ).*/gm);
  expect(modules).toContain("src/client.ts");
  expect(modules?.filter((module) => /validat|violation|testing|example|responses/.test(module))).toEqual([]);
  const withOthers = await bundle("with", join(process.cwd(), "dist/index.js"));
  const alone = await bundle("alone", join(folder, "dist/index.js"));
  expect(alone.length).toBeGreaterThan(500);
  expect(withOthers).toEqual(alone);
});
