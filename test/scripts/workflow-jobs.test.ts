// Jobs of the GitHub workflows, run here with stand-ins for npm and gh: what jobs with rights accept, refuse and report.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openWorkflow } from "../../scripts/release/workflow.js";
import { repository } from "./repository.js";

/** Makes version 1.1.0, and runs $EXTRA as what a dependency may do there. */
const NPM = `echo "npm $*" >> "$LOG"
case "$*" in
  pkg*) printf '"git+https://github.com/%s.git"' "\${NAMED:-owner/name}" ;;
  ci*) mkdir node_modules ;;
  "run -s release:version") sed -i 's/"version": "1.0.0"/"version": "1.1.0"/' package.json; eval "$EXTRA" ;;
  "run generate") echo 2 > generated/types.ts; eval "$EXTRA" ;;
  "run -s verify") printf '%b' "$REPORT"; exit "$CODE" ;;
  pack*) echo package > "$3/fixture-1.1.0.tgz" ;;
  sbom*) echo '{}' ;;
esac`;

const GH = `echo "gh $*" >> "$LOG"
case "$*" in
  "issue list"*) echo "$OPEN" ;;
  *--body-file*) cat "\${@: -1}" >> "$LOG" ;;
esac`;

const MANIFEST = '{\n  "name": "fixture",\n  "version": "1.0.0",\n  "type": "module"\n}\n';

/** One run of a workflow, on a repository made for it. */
function runOf(file: string, variables: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "jobs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "bin"));
  for (const [name, script] of Object.entries({ npm: NPM, gh: GH })) {
    writeFileSync(join(folder, "bin", name), `#!/bin/bash\nset -e\n${script}\n`);
    chmodSync(join(folder, "bin", name), 0o755);
  }
  const { directory, git } = repository({ "package.json": MANIFEST, "generated/types.ts": "1\n" });
  git("config", "receive.denyCurrentBranch", "ignore");
  const log = join(folder, "log");
  const environment = {
    ...variables,
    LOG: log,
    PATH: `${folder}/bin:${process.env.PATH}`,
    GITHUB_REF: "refs/heads/main",
  };
  const job = openWorkflow(`.github/workflows/${file}`, { folder, remote: directory, environment: () => environment });
  const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");
  const folderOf = (start: string) => join(folder, readdirSync(folder).find((name) => name.startsWith(start)) ?? "");
  return {
    job,
    git,
    log: () => read(log),
    summary: (name: string) => read(join(folderOf(`${name}-`), "summary.md")),
    artifact: (path: string) => join(folderOf("artifacts-"), path),
  };
}

describe("release", () => {
  test("what was packed is tagged and published", async () => {
    const { job, git, log } = runOf("release.yml");
    await job("prepare");
    expect(await job("tag")).toEqual({ tag: "v1.1.0" });
    await job("publish");
    await job("page");
    expect(git("show", "v1.1.0:package.json")).toBe(MANIFEST.replace("1.0.0", "1.1.0"));
    expect(git("rev-parse", "main")).toBe(git("rev-parse", "v1.1.0"));
    expect(log()).toContain("npm publish --ignore-scripts --access public ./fixture-1.1.0.tgz\n");
    expect(log()).toMatch(/gh release create v1\.1\.0 .* \.\/fixture-1\.1\.0\.tgz sbom\.cdx\.json SHA256SUMS\n/);
  });

  test.each([
    ["a source", "echo evil > generated/types.ts"],
    ["a new file", "mkdir -p .github/workflows; echo evil > .github/workflows/evil.yml"],
    ["a script of package.json", `sed -i 's/"type"/"scripts": { "install": "evil" }, "type"/' package.json`],
    ["where the lock takes a package from", `echo '{ "resolved": "https://evil.example" }' > package-lock.json`],
    ["a version that is none", `sed -i 's/1.1.0/$(evil)/' package.json`],
  ])("a patch that changes %s is not committed", async (_name, extra) => {
    const { job, git } = runOf("release.yml", { EXTRA: extra });
    await job("prepare");
    await expect(job("tag")).rejects.toThrow("The patch changes more than a version and its changelog.");
    expect(git("tag")).toBe("v1.0.0\n");
  });

  test.each(["version.patch", "fixture-1.1.0.tgz", "SHA256SUMS"])(
    "%s, changed on its way, is neither tagged nor published",
    async (file) => {
      const { job, git, log, artifact } = runOf("release.yml");
      await job("prepare");
      writeFileSync(artifact(`release/${file}`), "another");
      await expect(job("tag")).rejects.toThrow("did NOT match");
      await expect(job("publish")).rejects.toThrow("did NOT match");
      expect(git("tag")).toBe("v1.0.0\n");
      expect(log()).not.toContain("publish");
    },
  );

  test("a version that was released is not released again", async () => {
    const { job, git, log } = runOf("release.yml");
    git("tag", "v1.1.0");
    await job("prepare");
    await expect(job("tag")).rejects.toThrow("tag 'v1.1.0' already exists");
    expect(log()).not.toContain("publish");
  });

  test("a package that names another repository, which npm would refuse, is not even tagged", async () => {
    const { job } = runOf("release.yml", { NAMED: "another/name" });
    await expect(job("prepare")).rejects.toThrow('Give package.json the "repository" that CONTRIBUTING.md shows.');
  });

  test("the job that installs cannot push", async () => {
    const { job, git } = runOf("release.yml", { EXTRA: "git push origin HEAD:refs/heads/evil" });
    await expect(job("prepare")).rejects.toThrow("no-credentials");
    expect(git("branch", "--list", "evil")).toBe("");
  });
});

describe("regenerate", () => {
  test("what was generated is committed", async () => {
    const { job, git } = runOf("regenerate.yml");
    await job("generate");
    const { commit } = await job("commit");
    expect(git("rev-parse", "main").trim()).toBe(commit);
    expect(git("show", "main:generated/types.ts")).toBe("2\n");
  });

  test("a patch beyond generated/ is not committed", async () => {
    const { job, git } = runOf("regenerate.yml", { EXTRA: "echo evil > package.json; git add package.json" });
    await job("generate");
    await expect(job("commit")).rejects.toThrow("The patch changes more than generated/.");
    expect(git("rev-parse", "main")).toBe(git("rev-parse", "v1.0.0"));
  });
});

describe("verify", () => {
  const TODAY = new Date().toISOString().slice(0, 10);
  const ask = async (code: number, report: string, open = "") => {
    const run = runOf("verify.yml", { CODE: String(code), REPORT: report, OPEN: open });
    await run.job("ask");
    await run.job("tell");
    return run;
  };

  test("an API that conforms is confirmed in the summary, and closes the issue", async () => {
    const { log, summary } = await ask(0, "verdict: conforms\\n");
    expect(summary("tell")).toBe(`Confirmed on ${TODAY}: the API keeps to the contract.\n`);
    expect(log()).not.toMatch(/gh issue (create|comment|close)/);
    const closed = await ask(0, "verdict: conforms\\n", "7");
    expect(closed.log()).toContain(`gh issue close 7 --comment Confirmed on ${TODAY}`);
  });

  test.each([
    [1, "violates", "the API broke the contract"],
    [1, "not found", "the operation may not exist"],
  ])("exit code %i, %s, opens an issue with the report, or adds to the open one", async (code, verdict, said) => {
    const report = `verdict: ${verdict}\\n/data/0/secret is missing\\n\`\`\`@everyone\\n`;
    const first = await ask(code, report);
    expect(first.log()).toContain("gh issue create --title The API and the contract disagree --body-file");
    expect(first.log()).toContain(said);
    // As code, so that nothing in the report is Markdown.
    expect(first.log()).toContain("\n    /data/0/secret is missing\n    ```@everyone\n");
    const next = await ask(code, report, "7");
    expect(next.log()).toContain("gh issue comment 7 --body-file");
  });

  test.each([
    [2, "Usage: npm run verify\\n"],
    [2, "verdict: could not ask\\n"],
    [0, "verdict: violates\\n"],
    [2, "verdict: not found\\n"],
    [1, ""],
  ])("exit code %i with %j fails the run", async (code, report) => {
    const { job, log } = runOf("verify.yml", { CODE: String(code), REPORT: report });
    await expect(job("ask")).rejects.toThrow("The API could not be asked");
    expect(log()).not.toContain("gh");
  });
});
