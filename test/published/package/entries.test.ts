// What is built: the optional entries cost the main one nothing.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
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

/** What a bundler makes of a program that uses the client, line by line; in which order the modules stand is not ours to say. */
async function bundle(name: string, index: string): Promise<string[]> {
  const entry = join(folder, `${name}.js`);
  await writeFile(entry, `export { createKonProClient } from ${JSON.stringify(index)};`);
  await build({ ...quiet, entry, outDir: join(folder, name), deps: { alwaysBundle: /./ } });
  const lines = (await readFile(join(folder, name, `${name}.js`), "utf8")).split("\n");
  return lines.filter((line) => !/^\s*(\/\/#|\/?\*)/.test(line)).sort(); // comments weigh nothing
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

test("what is built imports nothing but openapi-fetch", async () => {
  const files = (await readdir("dist")).filter((file) => file.endsWith(".js"));
  const texts = await Promise.all(files.map((file) => readFile(join("dist", file), "utf8")));
  const imported = texts.flatMap((text) =>
    [...text.matchAll(/^(?:import|export)\b.*"([^"]+)";?$/gm)].map(([, id]) => id),
  );
  expect(new Set(imported.filter((id) => !id?.startsWith("./")))).toEqual(new Set(["openapi-fetch"]));
  expect(texts.join("")).not.toMatch(/\b(require|import)\(/);
  // One file, since each further one makes a cold start longer.
  const main = await readFile("dist/index.js", "utf8");
  expect(main.match(/(?<=^(?:import|export)\b.*")[^"]+(?=";?$)/gm)).toEqual(["openapi-fetch"]);
});
