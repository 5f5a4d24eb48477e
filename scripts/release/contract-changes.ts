// What changed between two descriptions, and whether it breaks programs that call the API.
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

/**
 * Compares two descriptions.
 *
 * @param base - the name of the older one, for changes that can only be seen there
 */
export async function compareContracts(older: string, newer: string, base: string): Promise<Changes> {
  const before = await read(older);
  const now = await read(newer);
  const changes = [...(await reported(older, newer, base)), ...unreported(before, now, newer)];
  if (changes.length === 0 && !isDeepStrictEqual(withoutVersion(before), withoutVersion(now))) {
    changes.push({ kind: "documentation", what: "Examples, or what else has no rule, changed.", where: newer });
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

/** The changes that `redocly diff` sees, by the rules of redocly.yaml. */
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
      const subject = unescapePointer(place.pointer.slice(2));
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
 * What `redocly diff` has no rule for: changes of an `x-extensible-enum`, where closing the set breaks programs and
 * another value does not, and names of schemas, which are exported types here.
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

/** Every set of values in the description, by its JSON pointer. */
function schemaSets(value: unknown, pointer = "#"): [pointer: string, set: ValueSet][] {
  if (typeof value !== "object" || value === null) return [];
  const { "x-extensible-enum": open, enum: closed }: Record<string, unknown> = { ...value };
  const values = open ?? closed;
  const inner = Object.entries(value).flatMap(([name, member]) => schemaSets(member, `${pointer}/${escapeName(name)}`));
  return Array.isArray(values) ? [[pointer, { open: open !== undefined, values }], ...inner] : inner;
}
