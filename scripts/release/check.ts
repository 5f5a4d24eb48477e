// May the working tree be released? Says what changed since BASE, which version that requires, and whether the next one is high enough.
import { appendFileSync, existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gte, valid } from "semver";
import { ContractError } from "../contract/problem.js";
import { orUsage } from "../usage.js";
import { reportIsCurrent, typesOfEntries } from "./api-reports.js";
import { type Kind, mostSevere, versionAfter } from "./bumps.js";
import { compareContracts } from "./contract-changes.js";
import { isCommit, lastRelease, layOut, nextVersion, packageVersion } from "./history.js";
import { compilePreviousTypes } from "./previous-types.js";

const USAGE = `Usage: npm run check:release [-- BASE] [-- --write]
  BASE     the commit to compare the working tree with (default: the last release's tag, else origin/main, else HEAD)
  --write  renew the reports of the public types in test/types/
Exits 1 if info.version, or the package's version with the changesets that wait, is too small for what changed in
openapi.yaml and in the types, or if a report in test/types/ does not match the build.`;

const SPEC = "openapi.yaml";
const SUMMARY = process.env.GITHUB_STEP_SUMMARY;

/** One part of the answer, and whether it allows a release. */
interface Finding {
  lines: string[];
  passes: boolean;
}

async function main(): Promise<number> {
  const options = await orUsage(USAGE, readArguments);
  if (!options) return 2;
  const { base, write } = options;
  try {
    const findings = [...(await versionsSince(base)), reports(write)];
    const text = findings.flatMap(({ lines }) => lines).join("\n");
    console.log(text);
    if (SUMMARY) appendFileSync(SUMMARY, `\`\`\`text\n${text}\n\`\`\`\n`);
    return findings.every(({ passes }) => passes) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    console.error(error.message);
    return 1;
  }
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: "boolean", default: false } },
  });
  const [base = lastRelease() ?? (isCommit("origin/main") ? "origin/main" : "HEAD"), ...others] = positionals;
  if (others.length > 0) throw new Error(`Only one BASE is possible, but there is also "${others.join(" ")}".`);
  if (!isCommit(base)) throw new Error(`git knows no commit "${base}".`);
  return { base, write: values.write };
}

/** What changed in the contract and in the types, and the versions that have to follow. */
async function versionsSince(base: string): Promise<Finding[]> {
  const directory = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    layOut(base, directory);
    if (!existsSync(join(directory, SPEC))) throw new ContractError(`${base} has no ${SPEC} to compare with.`);
    const { changes, versions } = await compareContracts(join(directory, SPEC), SPEC, base);
    const { files, errors } = compilePreviousTypes(base);
    const kinds = changes.map(({ kind }) => kind);
    return [
      {
        lines: [
          `${SPEC} since ${base}: ${changes.length} change(s)`,
          ...changes.map(({ kind, what, where }) => `  ${kind.padEnd(13)}  ${what} (${where})`),
          `Consumer tests of ${base} with today's types: ${files} file(s), ${errors.length} error(s)`,
          ...errors.map((error) => `  breaking       ${error}`),
        ],
        passes: true,
      },
      version("info.version", versions.from, versions.to, mostSevere(kinds)),
      version(
        "package.json with the changesets that wait",
        packageVersion(directory),
        await nextVersion(),
        mostSevere(errors.length > 0 ? ["breaking", ...kinds] : kinds),
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
  return { lines: [`${passes ? "ok" : "TOO SMALL"}  ${of}: ${from} → ${to}${demand}`], passes };
}

function reports(write: boolean): Finding {
  const entries = typesOfEntries();
  const stale = entries.filter((entry) => !reportIsCurrent(entry, write));
  const lines = stale.map(
    (entry) => `STALE  the report of ${entry}: run "npm run check:release -- --write", review and commit it`,
  );
  if (stale.length === 0)
    lines.push(`ok  ${entries.length} report(s) in test/types/ ${write ? "written" : "up to date"}`);
  return { lines, passes: stale.length === 0 };
}

process.exitCode = await main();
