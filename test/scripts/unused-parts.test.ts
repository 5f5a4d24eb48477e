import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { bundle } from "../../scripts/size.js";
import { generateClient } from "../support/generated-client.js";

/** A program with one call, bundled with the client of a contract. */
async function bundleWith(spec: string, folder: string): Promise<string> {
  await generateClient(spec, folder);
  await writeFile(
    `${folder}/program.ts`,
    'import { createKonProClient } from "./src/index.js";\nawait createKonProClient().GET();\n',
  );
  await bundle(`${folder}/program.ts`, `${folder}/out`);
  return readFile(`${folder}/out/program.js`, "utf8");
}

test("code that no operation needs is dropped from bundles, and kept for a contract that needs it", async () => {
  const NEEDED = { "each path parameter": "a path", "invalid date": "dates and lists in a query" };
  const ours = await bundleWith("openapi.yaml", resolve(".cache/unused/ours"));
  const things = await bundleWith("test/support/things.yaml", resolve(".cache/unused/things"));
  expect(ours).toContain("apiKey is missing");
  for (const [text, part] of Object.entries(NEEDED)) {
    expect(ours.includes(text), part).toBe(false);
    expect(things.includes(text), part).toBe(true);
  }
});
