import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { mostSevere } from "../../../scripts/release/bumps.js";
import { compareContracts } from "../../../scripts/release/contract-changes.js";
import { CONTRACT } from "../repository.js";

const SHOPS = CONTRACT.slice(CONTRACT.indexOf("  /shops:"), CONTRACT.indexOf("components:"));

/** [name, text before, text after, kind of change, text of the report] */
const SEEDS = [
  ["a path removed", SHOPS, "", "breaking", "Path `/shops` was removed."],
  ["a path renamed", "/shops:", "/stores:", "breaking", "Path `/shops` was renamed to `/stores`."],
  [
    "a response member removed",
    "        age: { type: integer }\n",
    "",
    "breaking",
    "Property `age` of `Pet` was removed.",
  ],
  ["a response member made optional", "[name, kind, age]", "[name, kind]", "breaking", "no longer required: `age`."],
  ["a response member of another type", "type: integer", "type: string", "breaking", "from 'integer' to 'string'."],
  [
    "a new required parameter",
    "      summary: List pets\n",
    "      summary: List pets\n      parameters: [{ name: shop, in: query, required: true, schema: { type: string } }]\n",
    "breaking",
    "Required `shop` query parameter was added.",
  ],
  ["an operation renamed", "countShops", "shopCount", "breaking", "changed from 'countShops' to 'shopCount'."],
  ["a schema renamed", /Kind/g, "PetKind", "breaking", "The exported type `Kind` is gone."],
  ["an open set closed", "x-extensible-enum", "enum", "breaking", "The open set became a closed one."],
  ["a set opened to all values", "x-extensible-enum: [dog, cat]", "minLength: 1", "additive", ""],
  ["a new open-set value", "[dog, cat]", "[dog, cat, bird]", "additive", "The open set gained `bird`."],
  ["an open-set value removed", "[dog, cat]", "[dog]", "documentation", "The open set lost `cat`."],
  [
    "a new optional member",
    "age: { type: integer }",
    "age: { type: integer }\n        tail: { type: boolean }",
    "additive",
    "",
  ],
  ["a new operation", "components:", `${SHOPS.replace(/shops/gi, "stores")}components:`, "additive", ""],
  [
    "an operation deprecated",
    "summary: List",
    "deprecated: true\n      summary: List",
    "additive",
    "get ▸ deprecated modified",
  ],
  ["only wording", "What it is called.", "Its name.", "documentation", ""],
  ["only an example", "name: Rex", "name: Tex", "documentation", "examples"],
  ["only a comment", "paths:", "# Where it all is\npaths:", undefined, ""],
] as const;

test.each(SEEDS)("%s", async (_name, before, after, kind, text) => {
  const directory = mkdtempSync(join(tmpdir(), "contracts-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const [older, newer] = [join(directory, "older.yaml"), join(directory, "newer.yaml")];
  const seeded = CONTRACT.replace(before, after);
  expect(seeded).not.toBe(CONTRACT);
  writeFileSync(older, CONTRACT);
  writeFileSync(newer, seeded);

  const { changes } = await compareContracts(older, newer, "base");

  expect(mostSevere(changes.map(({ kind }) => kind))).toBe(kind);
  const lines = changes.filter((change) => change.kind === kind).map(({ what }) => what);
  expect(lines.join("\n")).toContain(text);
});
