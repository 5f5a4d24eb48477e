// The changes between two descriptions, and whether they break programs that call the API.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, relative } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { bundle, createConfig, unescapePointer } from "@redocly/openapi-core";
import { escapeName } from "../../src/pointer.js";
import { ContractError } from "../contract/problem.js";
import { KINDS, type Kind } from "./bumps.js";

interface Change {
  kind: Kind;
  what: string;
  where: string;
}

export interface Changes {
  /** The most severe first. */
  changes: Change[];
  /** `info.version` in both descriptions. */
  versions: { from: string; to: string };
}

/** The parts of `redocly diff`'s report that are used here. */
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

/** The parts of the bundled description that are used here. */
interface Description {
  info: { version: string };
  components?: { schemas?: Record<string, unknown> };
}

/**
 * Compares two descriptions.
 *
 * @param base - the name of the older one, for changes whose place is only in that one
 */
export async function compareContracts(older: string, newer: string, base: string): Promise<Changes> {
  const before = await read(older);
  const now = await read(newer);
  const changes = [...(await reported(older, newer, base)), ...unreported(before, now, newer)];
  if (changes.length === 0 && !isDeepStrictEqual(withoutVersion(before), withoutVersion(now))) {
    changes.push({
      kind: "documentation",
      what: "Something that no rule covers changed, such as examples.",
      where: newer,
    });
  }
  return {
    changes: changes.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)),
    versions: { from: before.info.version, to: now.info.version },
  };
}

async function read(file: string): Promise<Description> {
  const config = await createConfig({});
  const { bundle: bundled } = await bundle({ ref: file, config }).catch((error: unknown) => {
    throw new ContractError(`${file}: ${error instanceof Error ? error.message : error}`);
  });
  return bundled.parsed;
}

const withoutVersion = ({ info: { version, ...info }, ...rest }: Description) => ({ ...rest, info });

/** The changes that `redocly diff` reports, by the rules of redocly.yaml. */
async function reported(older: string, newer: string, base: string): Promise<Change[]> {
  const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
  const command = [cli, "diff", older, newer, "--format", "json", "--fail-on", "none"];
  const { stdout } = await promisify(execFile)(process.execPath, command, {
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    maxBuffer: 2 ** 28,
  }).catch((error: { stderr: string }) => {
    throw new ContractError(`redocly diff failed:\n${error.stderr}`);
  });
  const report: Report = JSON.parse(stdout);

  return report.changes
    .filter(({ typeName, property }) => typeName !== "Info" || property !== "version")
    .map(({ kind, impact, typeName, property, verdicts, base: before, revision }) => {
      const place = revision ?? before ?? { file: newer, pointer: "#/", line: 1 };
      const file = revision ? place.file : `${base}:${relative(dirname(older), place.file)}`;
      const subject = place.pointer.split("/").slice(1).map(unescapePointer).join(" ▸ ");
      return {
        kind: kindOf(impact, typeName, property),
        what: verdicts.map(({ message }) => message).join(" ") || `${subject} ${kind}`,
        where: `${file}:${place.line}`,
      };
    });
}

/** Only text changes count as documentation: other changes that redocly rates as a patch still change types, validators or the mock. */
function kindOf(impact: "major" | "minor" | "patch", typeName: string, property = ""): Kind {
  if (impact === "major") return "breaking";
  const isText =
    /^(Info|Contact|License|Tag|ExternalDocs|Example|XCodeSample|SpecExtension)/.test(typeName) ||
    /^(description|summary|title|examples?|tags|externalDocs)$/.test(property);
  return isText ? "documentation" : "additive";
}

/**
 * The changes for which `redocly diff` has no rule: those of an `x-extensible-enum` (closing the set breaks programs, a new
 * value does not), and removed schemas, which are exported types here.
 */
function unreported(before: Description, now: Description, newer: string): Change[] {
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
    .map((name) => ({ kind: "breaking" as const, what: `The exported type \`${name}\` is gone.`, where: newer }));
  return [...sets, ...types];
}

interface ValueSet {
  open: boolean;
  values: unknown[];
}

/** All sets of values in the description, with their JSON pointers. */
function schemaSets(value: unknown, pointer = "#"): [pointer: string, set: ValueSet][] {
  if (typeof value !== "object" || value === null) return [];
  const { "x-extensible-enum": open, enum: closed }: Record<string, unknown> = { ...value };
  const values = open ?? closed;
  const inner = Object.entries(value).flatMap(([name, member]) => schemaSets(member, `${pointer}/${escapeName(name)}`));
  return Array.isArray(values) ? [[pointer, { open: open !== undefined, values }], ...inner] : inner;
}
