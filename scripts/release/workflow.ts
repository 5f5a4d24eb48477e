// Runs jobs of a hosted workflow on this machine: its own commands, and a stand-in for each action around them.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { run } from "./run.js";

type Values = Record<string, string>;

interface Job {
  permissions: Values;
  outputs?: Values;
  steps: {
    id?: string;
    uses?: string;
    run?: string;
    shell?: string;
    with?: Record<string, unknown>;
    env?: Values;
    "working-directory"?: string;
  }[];
}

export interface Settings {
  /** Each job gets a directory below it, and so does each artifact. What the first `npm ci` installs stays there for all. */
  folder: string;
  /** The repository that is checked out, and pushed to by jobs that may. */
  remote: string;
  /** What a job with these permissions finds in its environment; it wins over what the workflow sets. */
  environment: (permissions: Values) => Record<string, string | undefined>;
}

/** What a workflow may read of where it runs. */
export const GITHUB = { repository: "owner/name", server_url: "https://github.com", token: "token" };

/** A workflow whose jobs are run one by one, by their names; each run gives the job's outputs. */
export function openWorkflow(file: string, settings: Settings): (name: string) => Promise<Values> {
  const { jobs }: { jobs: Record<string, Job> } = parse(readFileSync(file, "utf8"));
  const needs: Record<string, { outputs: Values }> = {};
  const artifacts = mkdtempSync(join(settings.folder, "artifacts-"));

  return async (name) => {
    const job = jobs[name];
    if (!job) throw new Error(`${file} has no job "${name}".`);
    const directory = mkdtempSync(join(settings.folder, `${name}-`));
    const [workspace, temp] = [join(directory, "workspace"), join(directory, "temp")];
    for (const path of [workspace, temp]) mkdirSync(path);
    const steps: typeof needs = {};
    const fill = (values: Record<string, unknown> = {}): Values =>
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => [
          key,
          String(value).replace(/\$\{\{ *(.*?) *\}\}/g, (_, path: string) =>
            lookUp({ needs, steps, github: GITHUB, secrets: { KONPRO_API_KEY: "no-key" }, runner: { temp } }, path),
          ),
        ]),
      );

    for (const { id, uses, run: script, shell, ...step } of job.steps) {
      if (uses)
        await act(uses, fill(step.with), {
          workspace,
          artifacts,
          remote: settings.remote,
          writes: job.permissions.contents === "write",
        });
      if (!script) continue;
      const [file, output] = [join(directory, "step.sh"), join(directory, "output")];
      writeFileSync(file, script);
      writeFileSync(output, "");
      const cwd = fill({ cwd: step["working-directory"] ?? workspace }).cwd;
      const env = {
        ...fill(step.env),
        ...settings.environment(job.permissions),
        GITHUB_REPOSITORY: GITHUB.repository,
        GITHUB_SERVER_URL: GITHUB.server_url,
        RUNNER_TEMP: temp,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: join(directory, "summary.md"),
      };
      const installs = script.startsWith("npm ci");
      if (installs && existsSync(join(settings.folder, "node_modules"))) continue;
      const options = ["--noprofile", "--norc", "-e", ...(shell ? ["-o", "pipefail"] : [])];
      await run("bash", [...options, file], { cwd, env });
      if (installs) renameSync(join(workspace, "node_modules"), join(settings.folder, "node_modules"));
      if (id) steps[id] = { outputs: readOutputs(output) };
    }
    needs[name] = { outputs: fill(job.outputs) };
    return needs[name].outputs;
  };
}

interface Surroundings {
  workspace: string;
  artifacts: string;
  remote: string;
  /** Whether the job may push. */
  writes: boolean;
}

/** Stands in for an action. */
async function act(uses: string, options: Values, { workspace, artifacts, remote, writes }: Surroundings) {
  const artifact = join(artifacts, options.name ?? "");
  const [action] = uses.split("@");
  if (action === "actions/checkout") {
    await run("git", ["clone", "--quiet", remote, "."], { cwd: workspace });
    if (!writes || options["persist-credentials"] === "false") {
      await run("git", ["remote", "set-url", "--push", "origin", "no-credentials"], { cwd: workspace });
    }
  } else if (action === "actions/upload-artifact") {
    cpSync(options.path ?? "", artifact, { recursive: true });
  } else if (action === "actions/download-artifact") {
    cpSync(artifact, options.path ?? "", { recursive: true });
  } else if (action !== "actions/setup-node") {
    throw new Error(`Nothing stands in for "${uses}".`);
  }
}

/** What stands at a path such as `steps.pack.outputs.digest`. */
function lookUp(context: object, path: string): string {
  const value = path.split(".").reduce<unknown>((parent, key) => Reflect.get(Object(parent), key), context);
  if (typeof value !== "string") throw new Error(`"${path}" has no value here.`);
  return value;
}

const readOutputs = (file: string): Values =>
  Object.fromEntries(
    [...readFileSync(file, "utf8").matchAll(/^(.*?)=(.*)$/gm)].map(([, key = "", value = ""]) => [key, value]),
  );
