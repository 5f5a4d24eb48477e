import { mkdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { generatorForEachTest, HEAD, OK } from "./generator.js";

const { path, files, generated, generate } = generatorForEachTest();

const operation = (rest: string) => `${HEAD}  /a: { get: { ${rest}, ${OK} } }\n`;
const GOOD = operation("operationId: listThings, summary: List things");

describe("--check", () => {
  test("reports whether files are up to date, names stale ones, and writes nothing", async () => {
    await generate(GOOD);
    expect(await generate(GOOD, "--check")).toMatchObject({
      code: 0,
      text: expect.stringContaining("out/ is up to date"),
    });

    const stale = GOOD.replace("List things", "List all things");
    const before = await Promise.all([generated("schema.ts"), generated("operations.ts")]);
    const { code, text } = await generate(stale, "--check");
    expect(code).toBe(1);
    expect(text).toContain(
      'out/operations.ts does not match the contract: run "npm run generate" and commit the result.',
    );
    expect(await Promise.all([generated("schema.ts"), generated("operations.ts")])).toEqual(before);
  });

  test("a missing file is stale", async () => {
    expect(await generate(GOOD, "--check")).toMatchObject({
      code: 1,
      text: expect.stringContaining("out/schema.ts does not match"),
    });
    expect(await files()).toEqual(["spec.yaml"]);
  });
});

test("a missing description", async () => {
  const { code, text } = await generate("", "--spec", path("nope.yaml"));
  expect(code).toBe(1);
  expect(text).toMatch(/Cannot read nope\.yaml \(ENOENT\)\. Pass the path of an OpenAPI 3\.1 description/);
});

test("the same contract produces the same bytes, with only LF", async () => {
  await generate(GOOD);
  const first = await Promise.all([generated("schema.ts"), generated("operations.ts")]);
  await generate(GOOD.replaceAll("\n", "\r\n"));
  expect(await Promise.all([generated("schema.ts"), generated("operations.ts")])).toEqual(first);
  expect(first.join()).not.toContain("\r");
});

test("an invalid contract or a write error leaves the files unchanged", async () => {
  await generate(GOOD);
  const before = await Promise.all([generated("schema.ts"), generated("operations.ts")]);
  expect(await generate(GOOD.replace("listThings", "GET"))).toMatchObject({ code: 1 });
  // The second file cannot be written: there is a folder with its temporary name.
  await mkdir(path(`out/.operations.ts.${process.pid}/x`), { recursive: true });
  await expect(generate(GOOD.replace("listThings", "listAll"))).rejects.toThrow();
  expect(await Promise.all([generated("schema.ts"), generated("operations.ts")])).toEqual(before);
});

test.each([["--chekc"], ["extra"], ["--spec"]])("%s is wrong usage", async (flag) => {
  const { code, text } = await generate(GOOD, flag);
  expect(code).toBe(2);
  expect(text).toContain("Usage: npm run generate");
});
