import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportedNames } from "../../../scripts/contract/exported-names.js";

test("every form of export counts, but not the schemas themselves", async () => {
  const folder = await mkdtemp(join(tmpdir(), "names-"));
  const index = join(folder, "src/index.ts");
  await mkdir(join(folder, "src"));
  await mkdir(join(folder, "generated"));
  await writeFile(join(folder, "generated/schema.ts"), "export interface Thing { id: string }\n");
  await writeFile(
    join(folder, "src/other.ts"),
    "export const one = 1;\nexport interface Two {}\nexport class Star {}\n",
  );
  await writeFile(
    index,
    `export type * from "../generated/schema.js";
export class Class {}
export interface Shape {}
export type Alias = string;
export const constant = 1;
export { one as renamed, type Two } from "./other.js";
export * from "./other.js";
`,
  );
  const names = ["Alias", "Class", "Shape", "Star", "Two", "constant", "one", "renamed"];
  expect(exportedNames(index).sort()).toEqual(names);
  expect(exportedNames("src/index.ts")).toContain("KonProError");
});
