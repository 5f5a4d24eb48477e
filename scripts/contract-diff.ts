// What changed in the contract since BASE, which version bump that asks for, and whether the versions follow.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gte, inc, valid } from "semver";
import { ContractError } from "./contract.js";
import { type Change, type Changes, compareContracts } from "./contract-changes.js";
import { isCommit, lastRelease, layOut, nextVersion, packageVersion } from "./releases.js";
import { orUsage } from "./usage.js";

const USAGE = `Usage: npm run contract:diff [-- BASE] [-- --format text|json|markdown]
  BASE      the commit to compare the working tree with (default: the last release's tag, else origin/main, else HEAD)
  --format  how to print the changes (default: text)
Exits 1 if info.version, or the package's version with the changesets that wait, is too small for the changes.`;

const SPEC = "openapi.yaml";
interface Verdict {
  base: string;
  bump: Changes["bump"] | "none";
  changes: Change[];
  versions: { of: string; from: string; to: string; atLeast: string; enough: boolean }[];
}

async function main(): Promise<number> {
  const options = await orUsage(USAGE, readArguments);
  if (!options) return 2;
  const { base, format } = options;
  const directory = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    layOut(base, directory);
    if (!existsSync(join(directory, SPEC))) throw new ContractError(`${base} has no ${SPEC} to compare with.`);
    const verdict = await judge(base, directory);
    console.log(FORMATS[format](verdict));
    return verdict.versions.every(({ enough }) => enough) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await rm(directory, { recursive: true });
  }
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { format: { type: "string", default: "text" } },
  });
  const [base = lastRelease() ?? (isCommit("origin/main") ? "origin/main" : "HEAD"), ...others] = positionals;
  const { format } = values;
  if (others.length > 0) throw new Error(`One BASE, please: "${others.join(" ")}" is too much.`);
  if (!isCommit(base)) throw new Error(`git knows no commit "${base}".`);
  if (!isFormat(format)) throw new Error(`There is no format "${format}".`);
  return { base, format };
}

async function judge(base: string, directory: string): Promise<Verdict> {
  const { changes, bump, versions } = await compareContracts(join(directory, SPEC), SPEC, base);
  const version = (of: string, from: string, to: string) => {
    const atLeast = bump ? inc(from, bump) : from;
    if (!atLeast || !valid(to)) throw new ContractError(`${of}: "${from}" or "${to}" is no version such as 1.2.3.`);
    return { of, from, to, atLeast, enough: gte(to, atLeast) };
  };
  return {
    base,
    bump: bump ?? "none",
    changes,
    versions: [
      version("info.version", versions.from, versions.to),
      version("package.json with the changesets that wait", packageVersion(directory), await nextVersion()),
    ],
  };
}

const FORMATS = {
  json: (verdict: Verdict) => JSON.stringify(verdict, undefined, 2),
  text: ({ base, changes, bump, versions }: Verdict) =>
    [
      `${SPEC} since ${base}: ${changes.length} change(s), bump: ${bump}`,
      ...changes.map(({ kind, what, where }) => `  ${kind.padEnd(13)}  ${what} (${where})`),
      ...versions.map((version) => `${version.enough ? "ok" : "TOO SMALL"}  ${describe(version)}`),
    ].join("\n"),
  markdown: ({ base, changes, bump, versions }: Verdict) =>
    [
      `## The contract since ${base}\n`,
      `${changes.length} change(s), which ask for this bump: **${bump}**\n`,
      ...(changes.length > 0 ? ["| Kind | Change | Where |", "| --- | --- | --- |"] : []),
      ...changes.map(({ kind, what, where }) => `| ${kind} | ${what.replace(/[|\\]/g, "\\$&")} | \`${where}\` |`),
      ...(changes.length > 0 ? [""] : []),
      ...versions.map((version) => `- ${version.enough ? "✅" : "❌ too small:"} ${describe(version)}`),
    ].join("\n"),
};

const isFormat = (format: string): format is keyof typeof FORMATS => Object.hasOwn(FORMATS, format);

const describe = ({ of, from, to, atLeast, enough }: Verdict["versions"][number]) =>
  `${of}: ${from} → ${to}${enough ? "" : `, must be at least ${atLeast}`}`;

process.exitCode = await main();
