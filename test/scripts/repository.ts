import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { onTestFinished } from "vitest";

/** A small contract for tests to change. */
export const CONTRACT = `openapi: 3.1.0
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

/** A git repository for one test, with the settings that the scripts need and the given files, tagged as v1.0.0. */
export function repository(files: Record<string, string>) {
  const directory = mkdtempSync(join(tmpdir(), "repository-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));

  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
      cwd: directory,
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
      encoding: "utf8",
    });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  };

  for (const path of ["redocly.yaml", "tsconfig.json", ".changeset/config.json"]) cpSync(path, join(directory, path));
  symlinkSync(resolve("node_modules"), join(directory, "node_modules"));
  write(".gitignore", "node_modules\n.cache\ndist\nsummary.md\n");
  write("package.json", '{ "name": "fixture", "version": "1.0.0", "type": "module" }\n');
  write("package-lock.json", "{}\n");
  for (const [path, text] of Object.entries(files)) write(path, text);
  git("init", "--quiet", "--initial-branch=main");
  git("add", ".");
  git("commit", "--quiet", "--message=First");
  git("tag", "v1.0.0");

  return {
    directory,
    git,
    write,
    changeset: (bump: string) => write(".changeset/one.md", `---\n"fixture": ${bump}\n---\n\nWhat changed.\n`),
  };
}
