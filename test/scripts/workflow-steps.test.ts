// Runs the shell commands of workflow steps unchanged: what they reject, pass on and report.
import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { repository } from "./repository.js";

interface Workflow {
  jobs: Record<string, { steps: { name?: string; run?: string }[] }>;
}

/** A runner's temporary directory, and a function that runs a named step of a workflow. */
function runner(file: string, cwd: string) {
  const { jobs }: Workflow = parse(readFileSync(`.github/workflows/${file}`, "utf8"));
  const temp = mkdtempSync(join(tmpdir(), "runner-"));
  onTestFinished(() => rmSync(temp, { recursive: true }));
  const path = (name: string) => join(temp, name);
  for (const name of ["output", "summary", "log"]) writeFileSync(path(name), "");
  const files = {
    RUNNER_TEMP: temp,
    GITHUB_OUTPUT: path("output"),
    GITHUB_STEP_SUMMARY: path("summary"),
    LOG: path("log"),
  };
  return {
    temp,
    read: (name: string) => readFileSync(path(name), "utf8"),
    run(job: string, name: string, env: Record<string, string> = {}, directory = cwd) {
      const script = jobs[job]?.steps.find((step) => step.name === name)?.run;
      if (!script) throw new Error(`${file}, ${job}: no step "${name}"`);
      const options = { cwd: directory, env: { ...process.env, ...files, ...env }, encoding: "utf8" } as const;
      const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", script], options);
      return { status, output: stdout + stderr };
    },
  };
}

describe("release", () => {
  const TAG = { GITHUB_REF_NAME: "v1.0.0", GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "owner/name" };
  const CHECK = "Check that this is a reviewed release";
  function tagged() {
    const manifest = { name: "fixture", version: "1.0.0" };
    const origin = { type: "git", url: "git+https://github.com/owner/name.git" };
    const created = repository({
      "package.json": JSON.stringify({ ...manifest, repository: origin }),
      "package-lock.json": JSON.stringify({ ...manifest, lockfileVersion: 3, packages: { "": manifest } }),
    });
    created.git("update-ref", "refs/remotes/origin/main", "HEAD");
    return { ...created, ...runner("release.yml", created.directory) };
  }
  type Tagged = ReturnType<typeof tagged>;

  test("a tag on main with its version is packed, and the digests of the packed files are checked", () => {
    const { run, read, temp } = tagged();
    expect(run("pack", CHECK, TAG)).toMatchObject({ status: 0 });
    expect(run("pack", "Pack")).toMatchObject({ status: 0 });
    const [, digest = ""] = /^digest=(.*)$/m.exec(read("output")) ?? [];
    const folder = join(temp, "release");
    const checks = () =>
      ["publish", "page"].map((job) => run(job, "Check the digests", { DIGEST: digest }, folder).status === 0);
    expect(checks()).toEqual([true, true]);
    for (const file of ["fixture-1.0.0.tgz", "sbom.cdx.json"]) {
      const [content, sums] = [file, "SHA256SUMS"].map((name) => readFileSync(join(folder, name)));
      appendFileSync(join(folder, file), "x");
      expect(checks()).toEqual([false, false]);
      const forged = spawnSync("bash", ["-c", "sha256sum ./*.tgz sbom.cdx.json > SHA256SUMS"], { cwd: folder });
      expect(forged.status).toBe(0);
      expect(checks()).toEqual([false, false]);
      writeFileSync(join(folder, file), content ?? "");
      writeFileSync(join(folder, "SHA256SUMS"), sums ?? "");
    }
  });

  test("the version is compared with the last release, not with the tag itself", () => {
    const scripts = { "check:release": "echo compared with" };
    const { directory, git } = repository({ "package.json": JSON.stringify({ name: "fixture", scripts }) });
    git("commit", "--quiet", "--allow-empty", "--message=Later");
    git("tag", "v1.1.0");
    const { run } = runner("release.yml", directory);
    const step = "Check that the version is high enough for the changes since the last release";
    expect(run("pack", step).output).toContain("compared with v1.0.0\n");
    git("tag", "--delete", "v1.0.0");
    expect(run("pack", step)).toMatchObject({ status: 0, output: expect.stringContaining("compared with\n") });
  });

  const later = ({ git }: Tagged) => void git("commit", "--quiet", "--allow-empty", "--message=Later");
  test.each<[string, object, string, ((fixture: Tagged) => void)?]>([
    ["a commit that is not on main", {}, "not on main", later],
    ["a tag of another version", { GITHUB_REF_NAME: "v1.0.1" }, "does not match the version in package.json, 1.0.0"],
    ["a package of another repository", { GITHUB_REPOSITORY: "owner/fork" }, "names another repository"],
    ["a pending changeset", {}, "release:version", ({ changeset }) => changeset("minor")],
  ])("%s is rejected", (_, env, message, arrange) => {
    const fixture = tagged();
    arrange?.(fixture);
    const { status, output } = fixture.run("pack", CHECK, { ...TAG, ...env });
    expect(output).toContain(message);
    expect(status).toBe(1);
  });
});

test("regenerate commits nothing outside generated/, not even the deletion of a file that moved into it", () => {
  const { directory, git, write } = repository({ "generated/types.ts": "1\n", "src/a.ts": "moved\n" });
  const remote = mkdtempSync(join(tmpdir(), "remote-"));
  onTestFinished(() => rmSync(remote, { recursive: true }));
  git("clone", "--quiet", "--bare", ".", remote);
  git("remote", "add", "origin", remote);
  rmSync(join(directory, "src/a.ts"));
  write("generated/a.ts", "moved\n");
  write("generated/types.ts", "2\n");
  write("package.json", "{}");

  const { run } = runner("regenerate.yml", directory);
  expect(run("commit", "Commit the changes", { GITHUB_REF: "refs/heads/main" })).toMatchObject({ status: 0 });
  const changed = git("--git-dir", remote, "show", "--name-status", "--no-renames", "--format=", "main");
  expect(changed).toBe("A\tgenerated/a.ts\nM\tgenerated/types.ts\n");
});

describe("verify", () => {
  function runVerify(code: number, report: string, open = "") {
    const directory = repository({}).directory;
    const created = runner("verify.yml", directory);
    mkdirSync(join(created.temp, "bin"));
    const programs = {
      npm: `printf '%b' "$REPORT"; exit "$CODE"`,
      gh: `echo "gh $*" >> "$LOG"; case "$*" in "issue list"*) echo "$OPEN" ;; *--body-file*) cat "\${@: -1}" >> "$LOG" ;; esac`,
    };
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(created.temp, "bin", name), `#!/bin/bash\n${script}\n`);
      chmodSync(join(created.temp, "bin", name), 0o755);
    }
    const env = { PATH: `${created.temp}/bin:${process.env.PATH}`, CODE: String(code), REPORT: report, OPEN: open };
    const called = created.run("call", "Call the API", env);
    const [, VERDICT = ""] = /^verdict=(.*)$/m.exec(created.read("output")) ?? [];
    if (called.status === 0) created.run("report", "Report the result", { ...env, VERDICT });
    return { ...created, called, log: created.read("log") };
  }

  test("an API that conforms is confirmed in the summary, and closes an open issue", () => {
    const { log, read } = runVerify(0, "verdict: conforms\\n");
    expect(read("summary")).toMatch(/^Confirmed on \d{4}-\d\d-\d\d/);
    expect(log).not.toMatch(/gh issue (create|comment|close)/);
    expect(runVerify(0, "verdict: conforms\\n", "7").log).toContain("gh issue close 7 ");
  });

  test.each(["violates", "not found"])(
    "%s opens an issue with the report as code, or adds to the open one",
    (verdict) => {
      const report = `verdict: ${verdict}\\n/data/0/secret is missing\\n\`\`\`@everyone\\n`;
      const { log } = runVerify(1, report);
      expect(log).toContain("gh issue create ");
      expect(log).toContain("\n    /data/0/secret is missing\n    ```@everyone\n");
      expect(runVerify(1, report, "7").log).toContain("gh issue comment 7 ");
    },
  );

  test.each([
    [2, "verdict: inconclusive\\n"],
    [0, "verdict: violates\\n"],
    [1, ""],
  ])("exit code %i with %j fails the run", (code, report) => {
    const { called, log } = runVerify(code, report);
    expect(called.output).toContain("The verdict is inconclusive");
    expect(called.status).toBe(1);
    expect(log).toBe("");
  });
});
