import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CONTRACT, repository } from "../repository.js";

const CHECK = "release/check.ts";
const repo = () => repository({ "openapi.yaml": CONTRACT });
const withVersion = (version: string) => CONTRACT.replace("version: 1.0.0", `version: ${version}`);

test("versions that follow the contract pass, in the changesets or applied", () => {
  const { write, run, changeset } = repo();
  write("openapi.yaml", withVersion("2.0.0").replace("[name, kind, age]", "[name, kind]"));

  changeset("minor");
  const small = run(CHECK);
  expect(small.status).toBe(1);
  expect(small.stdout).toContain("ok  info.version: 1.0.0 → 2.0.0\n");
  expect(small.stdout).toMatch(/TOO SMALL .* 1\.0\.0 → 1\.1\.0, must be at least 2\.0\.0/);

  changeset("major");
  expect(run(CHECK).status).toBe(0);

  write(".changeset/one.md", '---\n"fixture": none\n---\n');
  write("package.json", '{ "name": "fixture", "version": "2.0.0" }');
  expect(run(CHECK).status).toBe(0);
});

test("before 1.0.0, a breaking change asks for a minor version", () => {
  const { write, run, changeset, git } = repo();
  write("package.json", '{ "name": "fixture", "version": "0.4.2" }');
  git("commit", "--all", "--quiet", "--message=Before 1");
  git("tag", "v0.4.2");
  write("openapi.yaml", withVersion("2.0.0").replace("[name, kind, age]", "[name, kind]"));

  changeset("patch");
  expect(run(CHECK).stdout).toMatch(/TOO SMALL .* 0\.4\.2 → 0\.4\.3, must be at least 0\.5\.0/);
  changeset("minor");
  expect(run(CHECK).status).toBe(0);
});

test("on a hosted run, the answer stands in its summary too", () => {
  const { write, run, directory } = repo();
  write("openapi.yaml", withVersion("1.0.1").replace("[dog, cat]", "[dog, cat, bird]"));

  const { stdout } = run(CHECK, "v1.0.0");
  expect(stdout).toBe(`openapi.yaml since v1.0.0: 1 change(s)
  additive       The open set gained \`bird\`. (#/components/schemas/Kind)
Public types since v1.0.0: 0 file(s) changed
TOO SMALL  info.version: 1.0.0 → 1.0.1, must be at least 1.1.0 (additive)
TOO SMALL  package.json with the pending changesets: 1.0.0 → 1.0.0, must be at least 1.1.0 (additive)
`);
  expect(readFileSync(join(directory, "summary.md"), "utf8")).toBe(`\`\`\`text\n${stdout}\`\`\`\n`);
});

test("the base is the last release, else origin/main, else HEAD", () => {
  const { run, git } = repo();
  expect(run(CHECK).stdout).toContain("openapi.yaml since v1.0.0: 0 change(s)");
  git("tag", "--delete", "v1.0.0");
  expect(run(CHECK).stdout).toContain("openapi.yaml since HEAD: 0 change(s)");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  expect(run(CHECK).stdout).toContain("openapi.yaml since origin/main: 0 change(s)");
});

test.each([
  [["nowhere"], 'git knows no commit "nowhere".'],
  [["HEAD", "v1.0.0"], 'Only one BASE is possible, but there is also "v1.0.0".'],
  [["--format"], "Unknown option '--format'"],
])("wrong usage: %j", (args, message) => {
  const { status, stderr } = repo().run(CHECK, ...args);
  expect(stderr).toContain(message);
  expect(stderr).toContain("Usage: npm run check:release");
  expect(status).toBe(2);
});

test("a description that cannot be read, or was not there yet, is named", () => {
  const { write, run, git } = repo();
  write("openapi.yaml", withVersion("next"));
  expect(run(CHECK)).toMatchObject({
    status: 1,
    stderr: 'info.version: "1.0.0" or "next" is not a version such as 1.2.3.\n',
  });
  git("rm", "--quiet", "--cached", "openapi.yaml");
  git("commit", "--quiet", "--message=Without");
  expect(run(CHECK, "HEAD")).toMatchObject({
    status: 1,
    stderr: "HEAD has no openapi.yaml to compare with.\n",
  });
});

test("changed types ask for the version of an additive change at least, and are shown for review", () => {
  const { write, run, changeset } = repository({ "openapi.yaml": CONTRACT, "test/types/index.txt": "one\n" });
  write("test/types/index.txt", "two\n");
  changeset("patch");
  const { status, stdout } = run(CHECK);
  expect(stdout).toContain('review "git diff v1.0.0 -- test/types/index.txt"');
  expect(stdout).toMatch(/TOO SMALL .* 1\.0\.0 → 1\.0\.1, must be at least 1\.1\.0 \(additive\)/);
  expect(status).toBe(1);

  changeset("minor");
  expect(run(CHECK).status).toBe(0);
});
