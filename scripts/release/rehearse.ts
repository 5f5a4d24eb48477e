// Makes two releases with the jobs of release.yml, into a registry and a git remote that go away afterwards.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseDocument } from "yaml";
import { startPrism } from "../mock.js";
import { orUsage } from "../usage.js";
import { versionAfter } from "./bumps.js";
import { type Registry, startRegistry } from "./registry.js";
import { CommandFailed, run, stopOnSignals } from "./run.js";
import { GITHUB, openWorkflow } from "./workflow.js";

const USAGE = `Usage: npm run rehearse
Releases the working tree as it is, uncommitted changes included, into a registry on this machine, and leaves nothing
behind. Packages are read from the registry that npm is set to; nothing else outside is touched.`;

const SPEC = "openapi.yaml";
const { name: PACKAGE }: { name: string } = JSON.parse(readFileSync("package.json", "utf8"));

/** Keeps the user's git settings and the real key away from commands. */
const APART = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  KONPRO_API_KEY: undefined,
  KONPRO_BASE_URL: undefined,
};

let last = Date.now();
function say(what: string): void {
  const now = Date.now();
  console.log(`${((now - last) / 1000).toFixed(1).padStart(5)} s  ${what}`);
  last = now;
}

async function main(): Promise<number> {
  if (!(await orUsage(USAGE, () => parseArgs({ options: {} })))) return 2;
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  stopOnSignals();
  let registry: Registry | undefined;
  try {
    registry = await startRegistry(folder, PACKAGE);
    say(`A registry is at ${registry.url}`);
    await rehearse(folder, registry);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    registry?.close();
    await rm(folder, { recursive: true, maxRetries: 5 });
    say("Nothing is left behind");
  }
}

async function rehearse(folder: string, registry: Registry): Promise<void> {
  const clone = await copyRepository(folder);
  say("A git remote has the working tree as its main branch");
  const address = `git+${GITHUB.server_url}/${GITHUB.repository}.git`;
  await run("npm", ["pkg", "set", "repository.type=git", `repository.url=${address}`], { cwd: clone, env: APART });
  await push(clone, "patch");
  const first = await release(folder, registry);
  say(`${first} is released`);
  await use(first, folder, registry, clone);

  const [below, enough] = first.startsWith("0.") ? ["patch", "minor"] : ["minor", "major"];
  await git(clone, "pull", "--quiet", "origin", "main");
  say(`The contract loses ${breakContract(clone)}: a breaking change`);
  await run("npm", ["run", "-s", "generate"], { cwd: clone, env: APART });
  changeset(clone, below);
  await refused(run("npm", ["run", "-s", "check:release", "--", "--write"], { cwd: clone, env: APART }));
  say(`check:release refuses it as a ${below} version`);
  await push(clone, below);
  await refused(release(folder, registry));
  say("So does the workflow");
  await push(clone, enough);
  const second = await release(folder, registry);
  if (second !== versionAfter(first, "breaking")) throw new Error(`${second} follows ${first}.`);
  say(`${second} is released: a ${enough} version is accepted`);
  await use(second, folder, registry, clone);
}

/** A bare remote whose main branch is the working tree, and a clone of it to work in. */
async function copyRepository(folder: string): Promise<string> {
  const [remote, clone] = [join(folder, "remote.git"), join(folder, "jobs/clone")]; // beside the jobs, for their node_modules
  await run("git", ["clone", "--quiet", "--bare", ".", remote]);
  const head = await run("git", ["rev-parse", "HEAD"]);
  const onRemote = (...words: string[]) => git(".", "--git-dir", remote, "--work-tree", ".", ...words);
  await onRemote("update-ref", "refs/heads/main", head);
  await onRemote("symbolic-ref", "HEAD", "refs/heads/main");
  await onRemote("add", "--all");
  await onRemote("commit", "--quiet", "--allow-empty", "--message", "The working tree");
  await git(".", "clone", "--quiet", remote, clone);
  return clone;
}

const git = (cwd: string, ...words: string[]) =>
  run("git", ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com", ...words], { cwd, env: APART });

function changeset(clone: string, bump: string): void {
  writeFileSync(join(clone, ".changeset/rehearsal.md"), `---\n"${PACKAGE}": ${bump}\n---\n\nA rehearsal.\n`);
}

/** Commits what was changed, with a changeset, and pushes it to main. */
async function push(clone: string, bump: string): Promise<void> {
  changeset(clone, bump);
  await git(clone, "add", ".changeset", "generated", "test/types", "package.json", SPEC);
  await git(clone, "commit", "--quiet", "--message", `A ${bump} change`);
  await git(clone, "push", "--quiet", "origin", "HEAD:main");
}

/** Runs the workflow's jobs except "ci", which .ci/run covers, and "page", which needs GitHub. */
async function release(folder: string, { url }: Registry): Promise<string> {
  const userconfig = join(folder, "npmrc");
  writeFileSync(userconfig, `${url.replace(/^http:/, "")}:_authToken=rehearsal\n`);
  const identity = { npm_config_registry: url, npm_config_userconfig: userconfig, NPM_CONFIG_PROVENANCE: "false" };
  const job = openWorkflow(".github/workflows/release.yml", {
    folder: join(folder, "jobs"),
    remote: join(folder, "remote.git"),
    environment: (permissions) => ({
      ...APART,
      npm_config_prefer_offline: "true",
      ...(permissions["id-token"] === "write" && identity),
    }),
  });
  await job("prepare");
  say("  prepare: versioned, built and packed");
  const { tag = "" } = await job("tag");
  say(`  tag: ${tag} pushed`);
  await job("publish");
  say("  publish: published");
  return tag.slice(1);
}

/** Passes only if the command fails because the version is too small. */
async function refused(command: Promise<unknown>): Promise<void> {
  const error = await command.then(
    () => new Error("A breaking change was accepted in too small a version."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CommandFailed) || !error.message.includes("TOO SMALL")) throw error;
}

/** Removes an error response that an operation declares. */
function breakContract(clone: string): string {
  const file = join(clone, SPEC);
  const document = parseDocument(readFileSync(file, "utf8"));
  const { info, paths }: { info: { version: string }; paths: Record<string, object> } = document.toJS();
  const declared = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      Object.keys(Object(operation.responses)).map((status) => [path, method, status] as const),
    ),
  );
  const [path, method, status] = declared.find((response) => /^[45]/.test(response[2])) ?? [];
  if (!path) throw new Error(`${SPEC} declares no error response that could be taken away.`);
  document.deleteIn(["paths", path, method, "responses", status]);
  document.setIn(["info", "version"], versionAfter(info.version, "breaking"));
  writeFileSync(file, String(document));
  return `the ${status} of ${method} ${path}`;
}

/** Installs the package by its name in an empty project, and calls a mock with it. */
async function use(version: string, folder: string, { url }: Registry, clone: string): Promise<void> {
  const project = mkdtempSync(join(folder, "project-"));
  mkdirSync(join(project, "node_modules"));
  const env = { ...APART, npm_config_registry: url, npm_config_cache: join(folder, "cache") };
  await run("npm", ["install", "--no-audit", "--no-fund", PACKAGE], { cwd: project, env });
  const installed = JSON.parse(readFileSync(join(project, "node_modules", PACKAGE, "package.json"), "utf8")).version;
  if (installed !== version) throw new Error(`npm installed ${PACKAGE} ${installed}, not ${version}.`);

  const mock = await startPrism(join(clone, SPEC));
  try {
    const [id] = /(?<=operationId: *)\w+/.exec(readFileSync(join(clone, SPEC), "utf8")) ?? [];
    const call = `createKonProClient().${id}().then((answer) => console.log(JSON.stringify(answer)))`;
    const program = `import { createKonProClient } from "${PACKAGE}"; ${call}`;
    const answer = await run(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: project,
      env: { ...APART, KONPRO_API_KEY: "rehearsal-key", KONPRO_BASE_URL: mock.url },
    });
    say(`  installed by its name: ${id} gives ${answer.slice(0, 60)}…`);
  } finally {
    await mock.close();
  }
}

process.exitCode = await main();
