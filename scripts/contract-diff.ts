// What changed in the contract since BASE, which version bump that asks for, and whether the versions follow.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { isDeepStrictEqual, parseArgs, promisify } from "node:util";
import { bundle, createConfig } from "@redocly/openapi-core";
import { gte, inc, valid } from "semver";
import { isCommit, lastRelease, layOut, nextVersion, packageVersion } from "./releases.js";

const USAGE = `Usage: npm run contract:diff [-- BASE] [-- --format text|json|markdown]
  BASE      the commit to compare the working tree with (default: the last release's tag, else origin/main, else HEAD)
  --format  how to print the changes (default: text)
Exits 1 if info.version, or the package's version with the changesets that wait, is too small for the changes.`;

const SPEC = "openapi.yaml";
const BUMPS = { breaking: "major", additive: "minor", documentation: "patch" } as const;
type Kind = keyof typeof BUMPS;
const KINDS: Kind[] = ["breaking", "additive", "documentation"];

interface Change {
  kind: Kind;
  what: string;
  where: string;
}

interface Verdict {
  base: string;
  changes: Change[];
  /** The bump that the gravest change asks for. */
  bump: "major" | "minor" | "patch" | "none";
  versions: { of: string; from: string; to: string; atLeast: string; enough: boolean }[];
}

/** What is read here of the report of `redocly diff`. */
interface Report {
  changes: {
    kind: "added" | "removed" | "modified";
    impact: "major" | "minor" | "patch";
    typeName: string;
    property?: string;
    verdicts: { message: string }[];
    base?: Place;
    revision?: Place;
  }[];
}

interface Place {
  file: string;
  pointer: string;
  line: number;
}

/** The bundled description, as far as it is read here. */
interface Description {
  info: { version: string };
  components?: { schemas?: Record<string, unknown> };
}

class CheckError extends Error {}

async function main(): Promise<number> {
  const options = readArguments();
  if (!options) return 2;
  const { base, format } = options;
  const directory = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    layOut(base, directory);
    if (!existsSync(join(directory, SPEC))) throw new CheckError(`${base} has no ${SPEC} to compare with.`);
    const verdict = await judge(base, directory);
    console.log(FORMATS[format](verdict));
    return verdict.versions.every(({ enough }) => enough) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await rm(directory, { recursive: true });
  }
}

function readArguments() {
  try {
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
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return undefined;
  }
}

async function judge(base: string, directory: string): Promise<Verdict> {
  const before = await read(join(directory, SPEC));
  const now = await read(SPEC);
  const changes = [...(await reported(base, directory)), ...unreported(before, now)];
  if (changes.length === 0 && !isDeepStrictEqual(withoutVersion(before), withoutVersion(now))) {
    changes.push({
      kind: "documentation",
      what: "examples, or what else has no rule of its own, changed",
      where: SPEC,
    });
  }
  const kind = KINDS.find((candidate) => changes.some((change) => change.kind === candidate));
  const version = (of: string, from: string, to: string) => {
    const atLeast = kind ? inc(from, BUMPS[kind]) : from;
    if (!atLeast || !valid(to)) throw new CheckError(`${of}: "${from}" or "${to}" is no version such as 1.2.3.`);
    return { of, from, to, atLeast, enough: gte(to, atLeast) };
  };
  return {
    base,
    changes: changes.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)),
    bump: kind ? BUMPS[kind] : "none",
    versions: [
      version("info.version", before.info.version, now.info.version),
      version("package.json with the changesets that wait", packageVersion(directory), await nextVersion()),
    ],
  };
}

async function read(file: string): Promise<Description> {
  const result = await bundle({ ref: file, config: await createConfig({}) });
  return result.bundle.parsed;
}

const withoutVersion = ({ info: { version, ...info }, ...rest }: Description) => ({ ...rest, info });

/** The changes that `redocly diff` sees, by the rules of redocly.yaml. */
async function reported(base: string, directory: string): Promise<Change[]> {
  const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
  const command = [cli, "diff", join(directory, SPEC), SPEC, "--format", "json", "--fail-on", "none"];
  const { stdout } = await promisify(execFile)(process.execPath, command, {
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    maxBuffer: 2 ** 28,
  }).catch((error: { stderr: string }) => {
    throw new CheckError(`redocly diff failed:\n${error.stderr}`);
  });
  const report: Report = JSON.parse(stdout);

  return report.changes
    .filter(({ typeName, property }) => typeName !== "Info" || property !== "version")
    .map(({ kind, impact, typeName, property, verdicts, base: before, revision }) => {
      const place = revision ?? before ?? { file: SPEC, pointer: "#/", line: 1 };
      const file = revision
        ? relative(".", resolve(place.file))
        : `${base}:${relative(directory, resolve(place.file))}`;
      const subject = place.pointer.slice(2).replaceAll("~1", "/").replaceAll("~0", "~");
      return {
        kind: kindOf(impact, typeName, property),
        what: verdicts.map(({ message }) => message).join(" ") || `${subject} ${kind}`,
        where: `${file}:${place.line}`,
      };
    });
}

/** Only words are documentation: what else redocly rates as a patch still changes types, validators or the mock. */
function kindOf(impact: "major" | "minor" | "patch", typeName: string, property = ""): Kind {
  if (impact === "major") return "breaking";
  const words =
    /^(Info|Contact|License|Tag|ExternalDocs|Example|XCodeSample|SpecExtension)/.test(typeName) ||
    /^(description|summary|title|examples?|tags|externalDocs)$/.test(property);
  return words ? "documentation" : "additive";
}

/**
 * What `redocly diff` has no rule for. It never looks into `x-extensible-enum`: a value more or less leaves every string valid
 * and every program compiling, whereas closing the set does not. And names of schemas, which it takes for an inner
 * matter, are exported types.
 */
function unreported(before: Description, now: Description): Change[] {
  const after = new Map(schemaSets(now));
  const sets = schemaSets(before).flatMap(([where, set]): Change[] => {
    const other = after.get(where);
    if (!set.open || !other) return [];
    if (!other.open) return [{ kind: "breaking", what: "The open set became a closed one.", where }];
    const added = other.values.filter((value) => !set.values.includes(value));
    const removed = set.values.filter((value) => !other.values.includes(value));
    return [
      ...added.map((value) => ({ kind: "additive" as const, what: `The open set gained \`${value}\`.`, where })),
      ...removed.map((value) => ({ kind: "documentation" as const, what: `The open set lost \`${value}\`.`, where })),
    ];
  });
  const names = new Set(Object.keys(now.components?.schemas ?? {}));
  const types = Object.keys(before.components?.schemas ?? {})
    .filter((name) => !names.has(name))
    .map((name) => ({ kind: "breaking" as const, what: `The exported type \`${name}\` is gone.`, where: SPEC }));
  return [...sets, ...types];
}

interface ValueSet {
  open: boolean;
  values: unknown[];
}

/** Every set of values in the description, by its JSON pointer. */
function schemaSets(value: unknown, pointer = "#"): [pointer: string, set: ValueSet][] {
  if (typeof value !== "object" || value === null) return [];
  const { "x-extensible-enum": open, enum: closed }: Record<string, unknown> = { ...value };
  const values = open ?? closed;
  const inner = Object.entries(value).flatMap(([name, member]) =>
    schemaSets(member, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
  return Array.isArray(values) ? [[pointer, { open: open !== undefined, values }], ...inner] : inner;
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
