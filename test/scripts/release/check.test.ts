import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { main } from "../../../scripts/release/check.js";
import { CONTRACT, repository } from "../repository.js";
import { runMain } from "../run-main.js";

const project = process.cwd();
afterEach(() => {
  process.chdir(project);
  vi.unstubAllEnvs();
});

/** A repository with a release, and the release check in it. */
function repo(files: Record<string, string> = {}) {
  const created = repository({ "openapi.yaml": CONTRACT, ...files });
  const check = async (...args: string[]) => {
    process.chdir(created.directory);
    vi.stubEnv("GITHUB_STEP_SUMMARY", join(created.directory, "summary.md"));
    const result = await runMain(main, ...args);
    process.chdir(project);
    return result;
  };
  return { ...created, check };
}
const withVersion = (version: string) => CONTRACT.replace("version: 1.0.0", `version: ${version}`);

test("versions that match the changes pass, with pending or applied changesets", async () => {
  const { write, check, changeset } = repo();
  write("openapi.yaml", withVersion("2.0.0").replace("[name, kind, age]", "[name, kind]"));

  changeset("minor");
  const low = await check();
  expect(low.code).toBe(1);
  expect(low.stdout).toContain("ok  info.version: 1.0.0 → 2.0.0\n");
  expect(low.stdout).toMatch(/TOO LOW .* 1\.0\.0 → 1\.1\.0, must be at least 2\.0\.0/);

  changeset("major");
  expect((await check()).code).toBe(0);

  write(".changeset/one.md", '---\n"fixture": none\n---\n');
  write("package.json", '{ "name": "fixture", "version": "2.0.0" }');
  expect((await check()).code).toBe(0);
});

test("before 1.0.0, a breaking change requires a minor bump", async () => {
  const { write, check, changeset, git } = repo();
  write("package.json", '{ "name": "fixture", "version": "0.4.2" }');
  git("commit", "--all", "--quiet", "--message=Before 1");
  git("tag", "v0.4.2");
  write("openapi.yaml", withVersion("2.0.0").replace("[name, kind, age]", "[name, kind]"));

  changeset("patch");
  expect((await check()).stdout).toMatch(/TOO LOW .* 0\.4\.2 → 0\.4\.3, must be at least 0\.5\.0/);
  changeset("minor");
  expect((await check()).code).toBe(0);
});

test("on GitHub Actions, the result is added to the job summary", async () => {
  const { write, check, directory } = repo();
  write("openapi.yaml", withVersion("1.0.1").replace("[dog, cat]", "[dog, cat, bird]"));

  const { stdout } = await check("v1.0.0");
  expect(stdout).toBe(`openapi.yaml since v1.0.0: 1 change(s)
  additive       The open set gained \`bird\`. (#/components/schemas/Kind)
Public types since v1.0.0: 0 file(s) changed
TOO LOW  info.version: 1.0.0 → 1.0.1, must be at least 1.1.0 (additive)
TOO LOW  package.json with the pending changesets: 1.0.0 → 1.0.0, must be at least 1.1.0 (additive)
`);
  expect(readFileSync(join(directory, "summary.md"), "utf8")).toBe(`\`\`\`text\n${stdout}\`\`\`\n`);
});

test("the base is the last release, otherwise origin/main, otherwise HEAD", async () => {
  const { check, git } = repo();
  expect((await check()).stdout).toContain("openapi.yaml since v1.0.0: 0 change(s)");
  git("tag", "--delete", "v1.0.0");
  expect((await check()).stdout).toContain("openapi.yaml since HEAD: 0 change(s)");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  expect((await check()).stdout).toContain("openapi.yaml since origin/main: 0 change(s)");
});

test.each([
  [["nowhere"], 'There is no commit "nowhere".'],
  [["HEAD", "v1.0.0"], 'Expected one BASE, but also got "v1.0.0".'],
  [["--format"], "Unknown option '--format'"],
])("wrong usage: %j", async (args, message) => {
  const { code, stderr } = await repo().check(...args);
  expect(stderr).toContain(message);
  expect(stderr).toContain("Usage: npm run check:release");
  expect(code).toBe(2);
});

test("an invalid version, or a base without a description, is reported", async () => {
  const { write, check, git } = repo();
  write("openapi.yaml", withVersion("next"));
  expect(await check()).toMatchObject({
    code: 1,
    stderr: 'info.version: "1.0.0" or "next" is not a version such as 1.2.3.\n',
  });
  git("rm", "--quiet", "--cached", "openapi.yaml");
  git("commit", "--quiet", "--message=Without");
  expect(await check("HEAD")).toMatchObject({
    code: 1,
    stderr: "HEAD has no openapi.yaml to compare with.\n",
  });
});

test("changed types require at least the version of an additive change, and are listed for review", async () => {
  const { write, check, changeset } = repo({ "test/types/index.txt": "one\n" });
  write("test/types/index.txt", "two\n");
  changeset("patch");
  const { code, stdout } = await check();
  expect(stdout).toContain('review "git diff v1.0.0 -- test/types/index.txt"');
  expect(stdout).toMatch(/TOO LOW .* 1\.0\.0 → 1\.0\.1, must be at least 1\.1\.0 \(additive\)/);
  expect(code).toBe(1);

  changeset("minor");
  expect((await check()).code).toBe(0);
});
