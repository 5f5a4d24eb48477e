// Runs jobs of a GitHub workflow on this machine: its own commands, with a stand-in for each action.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { run } from "./run.js";

type Values = Record<string, string>;

interface Job {
  permissions: Values;
  outputs?: Values;
  steps: Step[];
}

interface Step {
  id?: string;
  uses?: string;
  run?: string;
  shell?: string;
  with?: Record<string, unknown>;
  env?: Values;
  "working-directory"?: string;
}

export interface Settings {
  /** Each job and each artifact gets a directory in it. What the first `npm ci` installs is kept there for all jobs. */
  folder: string;
  /** The repository that jobs check out, and push to if they may. */
  remote: string;
  /** The environment of a job with these permissions; it overrides what the workflow sets. */
  environment: (permissions: Values) => Record<string, string | undefined>;
}

/** The values of GitHub's context that a workflow may read. */
export const GITHUB = { repository: "owner/name", server_url: "https://github.com", token: "token" };

/** A workflow whose jobs are run by name; each run gives the job's outputs. */
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
    const secrets = { KONPRO_API_KEY: "no-key" };
    const fill = (values?: object) => filled(values, { needs, steps, secrets, github: GITHUB, runner: { temp } });

    for (const step of job.steps) {
      if (step.uses) await act(step.uses, fill(step.with), { workspace, artifacts, job, settings });
      if (!step.run) continue;
      const { cwd = workspace } = fill({ cwd: step["working-directory"] ?? workspace });
      const env = { ...fill(step.env), ...settings.environment(job.permissions), RUNNER_TEMP: temp };
      const outputs = await runScript(step.run, step.shell, { directory, cwd, env, shared: settings.folder });
      if (step.id) steps[step.id] = { outputs };
    }
    needs[name] = { outputs: fill(job.outputs) };
    return needs[name].outputs;
  };
}

/** Replaces each `${{ path }}` by its value. */
const filled = (values: object = {}, context: object): Values =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      String(value).replace(/\$\{\{ *(.*?) *\}\}/g, (_, path: string) => lookUp(context, path)),
    ]),
  );

interface Surroundings {
  directory: string;
  cwd: string;
  env: Record<string, string | undefined>;
  /** Has the `node_modules` that all jobs use. */
  shared: string;
}

/** Runs a step's commands as GitHub does; gives the step's outputs. */
async function runScript(script: string, shell: string | undefined, { directory, cwd, env, shared }: Surroundings) {
  const installs = script.startsWith("npm ci");
  if (installs && existsSync(join(shared, "node_modules"))) return {};
  const [file, output] = [join(directory, "step.sh"), join(directory, "output")];
  writeFileSync(file, script);
  writeFileSync(output, "");
  const options = ["--noprofile", "--norc", "-e", ...(shell ? ["-o", "pipefail"] : [])];
  await run("bash", [...options, file], {
    cwd,
    env: {
      ...env,
      GITHUB_REPOSITORY: GITHUB.repository,
      GITHUB_SERVER_URL: GITHUB.server_url,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(directory, "summary.md"),
    },
  });
  if (installs) renameSync(join(cwd, "node_modules"), join(shared, "node_modules"));
  return readOutputs(output);
}

interface Place {
  workspace: string;
  artifacts: string;
  job: Job;
  settings: Settings;
}

/** Stands in for an action. */
async function act(uses: string, options: Values, { workspace, artifacts, job, settings }: Place) {
  const artifact = join(artifacts, options.name ?? "");
  const [action] = uses.split("@");
  if (action === "actions/checkout") {
    await run("git", ["clone", "--quiet", settings.remote, "."], { cwd: workspace });
    if (job.permissions.contents !== "write" || options["persist-credentials"] === "false") {
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

/** The value at a path such as `steps.pack.outputs.digest`. */
function lookUp(context: object, path: string): string {
  const value = path.split(".").reduce<unknown>((parent, key) => Reflect.get(Object(parent), key), context);
  if (typeof value !== "string") throw new Error(`"${path}" has no value here.`);
  return value;
}

const readOutputs = (file: string): Values =>
  Object.fromEntries(
    [...readFileSync(file, "utf8").matchAll(/^(.*?)=(.*)$/gm)].map(([, key = "", value = ""]) => [key, value]),
  );
