// Redocly's checks of a description, and ours, with where each problem is.
import { relative } from "node:path";
import {
  BaseResolver,
  bundle,
  createConfig,
  getLineColLocation,
  lint,
  type NormalizedProblem,
  type Oas3_1Definition,
  ResolveError,
} from "@redocly/openapi-core";
import { NULLABLE } from "./rules/references.js";
import type { Problem, Rule, Types } from "./rules/rule.js";
import { swagger, version } from "./rules/version.js";

/** The contract cannot be used: each line of the message is a `file:line:column` and what is wrong there. */
export class ContractError extends Error {}

/** Redocly's own rules for what the client relies on. */
const STRUCTURE = {
  struct: "error",
  "no-unresolved-refs": "error",
  "path-parameters-defined": "error",
  "spec-components-invalid-map-name": "error",
} as const;

/** If one of these fails, the other problems only follow from it. */
const VERSION = { "contract/swagger": "error", "contract/version": "error" } as const;

const ON_A_NETWORK = "nothing is fetched from a network: download the file and refer to that";

/** Never follows references to other machines: a client must be made from files that can be reviewed. */
class FileResolver extends BaseResolver {
  override async loadExternalRef(file: string) {
    if (!/^https?:/i.test(file)) return super.loadExternalRef(file);
    throw new ResolveError(new Error(ON_A_NETWORK));
  }
}

/** Redocly's settings, for whoever reads a description: an example is data, and a member may have any name. */
export const redoclyConfig = (rules: Record<string, "error"> = {}, ours: Record<string, Rule> = {}) =>
  createConfig({
    plugins: [
      { id: "contract", rules: { oas2: { swagger }, oas3: { version, ...ours } }, typeExtension: { oas3: anyMember } },
    ],
    resolve: { doNotResolveExamples: true },
    rules,
  });

/** Redocly looks names up in plain objects, where it finds `constructor` and its like. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__");

function anyMember(types: Types): Types {
  // What is inherited is a function, not a schema.
  const schema = (value: unknown) => (typeof value === "object" ? "Schema" : ({ type: "boolean" } as const));
  const properties = Object.fromEntries(INHERITED.map((name) => [name, schema]));
  const map = { properties, additionalProperties: schema };
  return { ...types, SchemaProperties: map, PatternProperties: map, NamedSchemas: map };
}

/** JSON Schema allows these everywhere, Redocly only in some places. */
const BOOLEAN_SCHEMA = "Expected type `Schema` (object) but got `boolean`";

/**
 * The description in one piece, if it passes Redocly's rules and ours.
 *
 * @param check - finds what is wrong with the description as a whole
 */
export async function checkedDocument(
  file: string,
  rules: Record<string, Rule>,
  check: (document: Oas3_1Definition) => Problem[],
) {
  const ours = Object.fromEntries(Object.keys(rules).map((name) => [`contract/${name}`, "error"] as const));
  const config = await redoclyConfig({ ...STRUCTURE, ...VERSION, ...ours }, rules);
  const resolver = new FileResolver(config.resolve); // reads each file once
  const files = { ref: file, config, externalRefResolver: resolver };
  const problems = await lint(files).catch(async (error: unknown) => {
    // Our rules may crash on a file that is not OpenAPI at all: Redocly's own rules say where it is wrong.
    const found = await lint({ ...files, config: await redoclyConfig({ ...STRUCTURE, ...VERSION }) }).catch(() => []);
    if (found.length > 0) return found;
    throw new ContractError(unreadable(file, error));
  });
  const errors = problems.filter(({ severity, message }) => severity === "error" && message !== BOOLEAN_SCHEMA);
  const first = errors.find(({ ruleId }) => ruleId in VERSION);
  if (first) throw new ContractError(describe(first));
  const lines = errors.map(describe);
  // A file that is not valid OpenAPI cannot be bundled.
  if (errors.every(({ ruleId }) => ruleId.startsWith("contract/"))) {
    const { bundle: document } = await bundle(files);
    const placeOf = (pointer: string) => placed({ source: document.source, pointer, reportOnKey: true });
    lines.push(...check(document.parsed).map(({ pointer, message }) => `${placeOf(pointer)}: ${message}`));
    if (lines.length === 0) return { document: document.parsed as Oas3_1Definition, placeOf };
  }
  throw new ContractError([...new Set(lines)].join("\n"));
}

/** A file that is missing, or that is not YAML at all. */
function unreadable(file: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, what, where = "", line, column] = /^(.*) in "(.*)" \((\d+):(\d+)\)$/s.exec(message) ?? [];
  if (what) return `${shown(where)}:${line}:${column}: ${what}: fix the YAML there.`;
  return `${shown(file)}: ${message}: give the path of an OpenAPI 3.1 description in YAML or JSON.`;
}

function describe({ ruleId, message, location: [place], suggest }: NormalizedProblem): string {
  if (message === "Property `nullable` is not expected here.") {
    return `${place ? `${placed(place)}: ` : ""}${NULLABLE}`;
  }
  const isMapping = place?.pointer?.includes("/discriminator/mapping/");
  const pointer = isMapping ? ', such as "#/components/schemas/NAME"' : "";
  const advice = message.endsWith(ON_A_NETWORK) ? "." : `: check its file and its pointer${pointer}.`;
  const fix = ruleId === "no-unresolved-refs" ? advice : "";
  const hint = suggest.length > 0 ? ` Did you mean ${suggest.join(" or ")}?` : "";
  return `${place ? `${placed(place)}: ` : ""}${message}${fix}${hint}`;
}

function placed({ source, pointer = "", reportOnKey = false }: NormalizedProblem["location"][number]): string {
  // Redocly decodes these names, though they were never encoded.
  const encoded = pointer.replace(/%(?![0-9a-f]{2})/gi, "%25");
  const { start } = getLineColLocation({ source, pointer: encoded, reportOnKey });
  return `${shown(source.absoluteRef)}:${start.line}:${start.col}`;
}

const shown = (file: string) => relative("", file).replaceAll("\\", "/");
