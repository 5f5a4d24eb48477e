import { expect, test } from "vitest";
import { CONTRACT, repository } from "./repository.js";

const repo = () => repository({ "openapi.yaml": CONTRACT });
const withVersion = (version: string) => CONTRACT.replace("version: 1.0.0", `version: ${version}`);

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
  [["--format", "html"], 'There is no format "html".'],
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
