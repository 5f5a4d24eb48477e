import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compareContracts } from "../../scripts/contract-changes.js";
import { CONTRACT } from "./repository.js";

const SHOPS = CONTRACT.slice(CONTRACT.indexOf("  /shops:"), CONTRACT.indexOf("components:"));

/** [change, text before, text after, bump asked for, what the list says of it] */
const SEEDS = [
  ["a path removed", SHOPS, "", "major", "breaking: Path `/shops` was removed."],
  ["a path renamed", "/shops:", "/stores:", "major", "breaking: Path `/shops` was renamed to `/stores`."],
  [
    "a response member removed",
    "        age: { type: integer }\n",
    "",
    "major",
    "breaking: Property `age` of `Pet` was removed.",
  ],
  ["a response member made optional", "[name, kind, age]", "[name, kind]", "major", "no longer required: `age`."],
  ["a response member of another type", "type: integer", "type: string", "major", "from 'integer' to 'string'."],
  [
    "a new required parameter",
    "      summary: List pets\n",
    "      summary: List pets\n      parameters: [{ name: shop, in: query, required: true, schema: { type: string } }]\n",
    "major",
    "breaking: Required `shop` query parameter was added.",
  ],
  ["an operation renamed", "countShops", "shopCount", "major", "changed from 'countShops' to 'shopCount'."],
  ["a schema renamed", /Kind/g, "PetKind", "major", "breaking: The exported type `Kind` is gone."],
  ["an open set closed", "x-extensible-enum", "enum", "major", "breaking: The open set became a closed one."],
  ["a set opened to all values", "x-extensible-enum: [dog, cat]", "minLength: 1", "minor", "additive: "],
  ["a new open-set value", "[dog, cat]", "[dog, cat, bird]", "minor", "additive: The open set gained `bird`."],
  ["an open-set value gone", "[dog, cat]", "[dog]", "patch", "documentation: The open set lost `cat`."],
  [
    "a new optional member",
    "age: { type: integer }",
    "age: { type: integer }\n        tail: { type: boolean }",
    "minor",
    "additive: ",
  ],
  ["a new operation", "components:", `${SHOPS.replace(/shops/gi, "stores")}components:`, "minor", "additive: "],
  [
    "an operation deprecated",
    "summary: List",
    "deprecated: true\n      summary: List",
    "minor",
    "/deprecated modified",
  ],
  ["wording alone", "What it is called.", "Its name.", "patch", "documentation: "],
  ["an example alone", "name: Rex", "name: Tex", "patch", "documentation: Examples"],
  ["a comment alone", "paths:", "# Where it all is\npaths:", undefined, ""],
] as const;

test.each(SEEDS)("%s", async (_name, before, after, bump, text) => {
  const directory = mkdtempSync(join(tmpdir(), "contracts-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const [older, newer] = [join(directory, "older.yaml"), join(directory, "newer.yaml")];
  const seeded = CONTRACT.replace(before, after);
  expect(seeded).not.toBe(CONTRACT);
  writeFileSync(older, CONTRACT);
  writeFileSync(newer, seeded);

  const verdict = await compareContracts(older, newer, "base");

  expect(verdict.bump).toBe(bump);
  expect(verdict.changes.map(({ kind, what }) => `${kind}: ${what}`).join("\n")).toContain(text);
});
