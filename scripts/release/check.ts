// Reports what changed since BASE, which version that requires, and whether the next version is high enough.
import { appendFileSync, existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gte, valid } from "semver";
import { ContractError } from "../contract/problem.js";
import { program, start } from "../program.js";
import { type Kind, mostSevere, versionAfter } from "./bumps.js";
import { compareContracts } from "./contract-changes.js";
import { changedTypes, isCommit, lastRelease, layOut, nextVersion, packageVersion } from "./history.js";

const USAGE = `Usage: npm run check:release [-- BASE]
  BASE  the commit to compare the working tree with (default: the last release's tag, origin/main or HEAD)
Exits 1 if info.version, or the package's version with the pending changesets, is too low for the changes in
openapi.yaml and in the public types (test/types/*.txt).`;

const SPEC = "openapi.yaml";

interface Finding {
  lines: string[];
  passes: boolean;
}

export const main = program(USAGE, readArguments, async (base) => {
  const { GITHUB_STEP_SUMMARY: summary } = process.env;
  try {
    const findings = await versionsSince(base);
    const text = findings.flatMap(({ lines }) => lines).join("\n");
    console.log(text);
    if (summary) appendFileSync(summary, `\`\`\`text\n${text}\n\`\`\`\n`);
    return findings.every(({ passes }) => passes) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    console.error(error.message);
    return 1;
  }
});

function readArguments(args: string[]): string {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const [base = lastRelease() ?? (isCommit("origin/main") ? "origin/main" : "HEAD"), ...others] = positionals;
  if (others.length > 0) throw new Error(`Expected one BASE, but also got "${others.join(" ")}".`);
  if (!isCommit(base)) throw new Error(`There is no commit "${base}".`);
  return base;
}

/** The changes in the contract and in the types, and the versions that they require. */
async function versionsSince(base: string): Promise<Finding[]> {
  const directory = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    layOut(base, directory);
    if (!existsSync(join(directory, SPEC))) throw new ContractError(`${base} has no ${SPEC} to compare with.`);
    const { changes, versions } = await compareContracts(join(directory, SPEC), SPEC, base);
    const types = changedTypes(base);
    const kinds = changes.map(({ kind }) => kind);
    return [
      {
        lines: [
          `${SPEC} since ${base}: ${changes.length} change(s)`,
          ...changes.map(({ kind, what, where }) => `  ${kind.padEnd(13)}  ${what} (${where})`),
          `Public types since ${base}: ${types.length} file(s) changed`,
          ...types.map((file) => `  at least additive: review "git diff ${base} -- ${file}"`),
        ],
        passes: true,
      },
      version("info.version", versions.from, versions.to, mostSevere(kinds)),
      version(
        "package.json with the pending changesets",
        packageVersion(directory),
        await nextVersion(),
        mostSevere(types.length > 0 ? [...kinds, "additive"] : kinds),
      ),
    ];
  } finally {
    await rm(directory, { recursive: true });
  }
}

function version(of: string, from: string, to: string, kind: Kind | undefined): Finding {
  const atLeast = versionAfter(from, kind);
  if (!atLeast || !valid(to)) throw new ContractError(`${of}: "${from}" or "${to}" is not a version such as 1.2.3.`);
  const passes = gte(to, atLeast);
  const demand = passes ? "" : `, must be at least ${atLeast} (${kind})`;
  return { lines: [`${passes ? "ok" : "TOO LOW"}  ${of}: ${from} → ${to}${demand}`], passes };
}

await start(import.meta.url, main);
