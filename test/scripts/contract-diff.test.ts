import { describe, expect, test } from "vitest";
import { repository } from "./repository.js";

const CONTRACT = `openapi: 3.1.0
info:
  title: Pets
  version: 1.0.0
servers:
  - url: https://pets.example
paths:
  /pets:
    get:
      operationId: listPets
      summary: List pets
      responses:
        "200":
          description: The pets.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
              examples:
                one:
                  value: { name: Rex, kind: dog, age: 3 }
  /shops:
    get:
      operationId: countShops
      responses:
        "204": { description: Counted. }
components:
  schemas:
    Pet:
      type: object
      required: [name, kind, age]
      properties:
        name: { type: string, description: What it is called. }
        kind: { $ref: "#/components/schemas/Kind" }
        age: { type: integer }
    Kind:
      type: string
      x-extensible-enum: [dog, cat]
`;

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
  ["an example alone", "name: Rex", "name: Tex", "patch", "documentation: examples"],
  ["a comment alone", "paths:", "# Where it all is\npaths:", "none", ""],
] as const;

const repo = () => repository({ "openapi.yaml": CONTRACT });
const withVersion = (version: string) => CONTRACT.replace("version: 1.0.0", `version: ${version}`);

describe("the verdict on", () => {
  test.each(SEEDS)("%s", (_name, before, after, bump, text) => {
    const { write, run } = repo();
    const seeded = CONTRACT.replace(before, after);
    expect(seeded).not.toBe(CONTRACT);
    write("openapi.yaml", seeded);

    const { status, stdout, stderr } = run("contract-diff.ts", "--format", "json");

    expect(stderr).toBe("");
    const verdict: { bump: string; changes: { kind: string; what: string }[] } = JSON.parse(stdout);
    expect(verdict.bump).toBe(bump);
    expect(verdict.changes.map(({ kind, what }) => `${kind}: ${what}`).join("\n")).toContain(text);
    expect(status).toBe(bump === "none" ? 0 : 1);
  });
});

test("versions that follow the contract pass, in the changesets or applied", () => {
  const { write, run, changeset } = repo();
  write("openapi.yaml", withVersion("2.0.0").replace("[name, kind, age]", "[name, kind]"));

  changeset("minor");
  const small = run("contract-diff.ts");
  expect(small.status).toBe(1);
  expect(small.stdout).toContain("ok  info.version: 1.0.0 → 2.0.0\n");
  expect(small.stdout).toMatch(/TOO SMALL .* 1\.0\.0 → 1\.1\.0, must be at least 2\.0\.0/);

  changeset("major");
  expect(run("contract-diff.ts").status).toBe(0);

  write(".changeset/one.md", '---\n"fixture": none\n---\n');
  write("package.json", '{ "name": "fixture", "version": "2.0.0" }');
  expect(run("contract-diff.ts").status).toBe(0);
});

test("the table for a pull request", () => {
  const { write, run } = repo();
  write("openapi.yaml", withVersion("1.0.1").replace("[dog, cat]", "[dog, cat, 'a|b']"));

  const { stdout } = run("contract-diff.ts", "v1.0.0", "--format", "markdown");

  expect(stdout).toBe(`## The contract since v1.0.0

1 change(s), which ask for this bump: **minor**

| Kind | Change | Where |
| --- | --- | --- |
| additive | The open set gained \`a\\|b\`. | \`#/components/schemas/Kind\` |

- ❌ too small: info.version: 1.0.0 → 1.0.1, must be at least 1.1.0
- ❌ too small: package.json with the changesets that wait: 1.0.0 → 1.0.0, must be at least 1.1.0
`);
});

test("the base is the last release, else origin/main, else HEAD", () => {
  const { run, git } = repo();
  expect(run("contract-diff.ts").stdout).toContain("openapi.yaml since v1.0.0: 0 change(s)");
  git("tag", "--delete", "v1.0.0");
  expect(run("contract-diff.ts").stdout).toContain("openapi.yaml since HEAD: 0 change(s)");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  expect(run("contract-diff.ts").stdout).toContain("openapi.yaml since origin/main: 0 change(s)");
});

test.each([
  [["nowhere"], 'git knows no commit "nowhere".'],
  [["HEAD", "HEAD~1"], 'One BASE, please: "HEAD~1" is too much.'],
  [["--format", "html"], 'There is no format "html".'],
  [["--base", "HEAD"], "Unknown option '--base'"],
])("wrong usage: %j", (args, message) => {
  const { status, stderr } = repo().run("contract-diff.ts", ...args);
  expect(stderr).toContain(message);
  expect(stderr).toContain("Usage: npm run contract:diff");
  expect(status).toBe(2);
});

test("a description that cannot be read, or was not there yet, is told", () => {
  const { write, run, git } = repo();
  write("openapi.yaml", withVersion("next"));
  expect(run("contract-diff.ts")).toMatchObject({
    status: 1,
    stderr: 'info.version: "1.0.0" or "next" is no version such as 1.2.3.\n',
  });
  git("rm", "--quiet", "--cached", "openapi.yaml");
  git("commit", "--quiet", "--message=Without");
  expect(run("contract-diff.ts", "HEAD")).toMatchObject({
    status: 1,
    stderr: "HEAD has no openapi.yaml to compare with.\n",
  });
});
