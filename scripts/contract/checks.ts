// Ajv checks for the JSON responses and events that a contract describes.
import { Ajv2020, type Options } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import {
  eventsOf,
  formatPointer,
  isJson,
  locate,
  lookUp,
  operationKey,
  parsePointer,
  responsesOf,
} from "./document.js";
import { ContractError } from "./lint.js";
import type { Contract } from "./read.js";
import { DATA, NOTES, walk } from "./walk.js";

export interface Checks {
  ajv: Ajv2020;
  /** By `METHOD path`, then by status, range or `default`: the id of the schema in `ajv`; null where no JSON is described. */
  schemas: Map<string, Map<string, string | null>>;
  /** By the name of a webhook: the id of the schema of what is posted. */
  events: Map<string, string>;
}

/** Compiles a check for each JSON answer and each inbound event; throws a {@link ContractError} with the place of a schema that Ajv cannot use. */
export function compileChecks(contract: Contract, code: Options["code"] = {}): Checks {
  // Formats and keywords that Ajv does not know are notes for the reader.
  const lenient = { strict: false, logger: false, validateSchema: false, addUsedSchema: false } as const;
  const ajv = new Ajv2020({ ...lenient, allErrors: true, ownProperties: true, code });
  formats.default(ajv);
  const document: object = JSON.parse(JSON.stringify(contract.document));
  walk(document, withoutNotes);
  walk(document, (node) => withoutWriteOnly(document, node));
  ajv.addSchema(document, "contract");
  const problems = new Set<string>();
  const compile = (place: string[]) => {
    const pointer = schemaOf(contract, place);
    const id = `contract${formatPointer(pointer)}`;
    try {
      ajv.getSchema(id);
    } catch (error) {
      for (const problem of problemsOf(contract, pointer, error)) problems.add(problem);
    }
    return id;
  };
  const schemas = contract.operations.map((operation) => {
    const responses = responsesOf(contract, operation).map(({ status, mediaType, media }) => {
      if (!mediaType || !isJson(mediaType) || !("schema" in media.value)) return [status, null] as const;
      return [status, compile([...media.pointer, "schema"])] as const;
    });
    return [operationKey(operation), new Map(responses)] as const;
  });
  const events = eventsOf(contract).map(({ name, schema }) => [name, compile(schema)] as const);
  if (problems.size > 0) throw new ContractError([...problems].join("\n"));
  return { ajv, schemas: new Map(schemas), events: new Map(events) };
}

/** Why no check can be made: a pattern in the schema, or in one that it refers to, or else the schema itself. */
function problemsOf({ document, placeOf }: Contract, pointer: string[], error: unknown): string[] {
  const patterns = new Map<string, string>();
  const seen = new Set<string>();
  const search = (pointer: string[]) => {
    const place = locate(document, pointer);
    const key = formatPointer(place.pointer);
    if (seen.has(key)) return;
    seen.add(key);
    for (const [name, value] of Object.entries(place.value)) {
      const problem = name === "pattern" ? problemOfPattern(value) : undefined;
      if (problem) patterns.set(formatPointer([...place.pointer, name]), problem);
      if (typeof value === "object" && ![...DATA, ...NOTES].includes(name)) search([...place.pointer, name]);
    }
  };
  search(pointer);
  if (patterns.size > 0) return [...patterns].map(([place, problem]) => `${placeOf(place)}: ${problem}`);
  const message = error instanceof Error ? error.message : String(error);
  return [`${placeOf(formatPointer(pointer))}: This schema cannot be checked: ${message}`];
}

function problemOfPattern(pattern: unknown): string | undefined {
  if (typeof pattern !== "string") return undefined;
  try {
    new RegExp(pattern, "u"); // as Ajv reads it
    return undefined;
  } catch (error) {
    const [, reason = "wrong"] = /: ([^:]*)$/.exec(String(error)) ?? [];
    return `This is not a JavaScript regular expression with the flag "u" (${reason}): correct it.`;
  }
}

/** Write-only members are never in an answer, so an answer does not need them. */
function withoutWriteOnly(document: object, node: object, inherited: string[] = []): void {
  const { required, allOf = [] } = Object(node);
  const names = [...inherited, ...writeOnlyOf(document, node)];
  if (Array.isArray(required))
    Reflect.set(
      node,
      "required",
      required.filter((name) => !names.includes(name)),
    );
  if (Array.isArray(allOf)) for (const part of allOf) withoutWriteOnly(document, Object(part), names);
}

function writeOnlyOf(document: object, schema: unknown, seen = new Set<object>()): string[] {
  const { $ref } = Object(schema);
  const target = typeof $ref === "string" ? locate(document, parsePointer($ref)).value : Object(schema);
  if (seen.has(target)) return [];
  seen.add(target);
  const { properties, allOf = [] } = Object(target);
  const own = Object.entries(Object(properties)).filter(([, member]) => {
    const { $ref: to, writeOnly } = Object(member);
    return writeOnly ?? (typeof to === "string" && Object(locate(document, parsePointer(to)).value).writeOnly);
  });
  return [...own.map(([name]) => name), ...allOf.flatMap((part: unknown) => writeOnlyOf(document, part, seen))];
}

/** A schema that is only a reference shares the check of the schema that it refers to. */
function schemaOf({ document }: Contract, pointer: string[]): string[] {
  const isReference = Object.keys(Object(lookUp(document, pointer))).every((name) => name === "$ref");
  return isReference ? locate(document, pointer).pointer : pointer;
}

/** Removed because they would change a schema's address: our references are pointers into the document. */
const ADDRESSES = ["$id", "$anchor", "$dynamicAnchor", "$schema", "$vocabulary"];

/** Removes what has no effect on a check, so that a change of wording changes no generated code. */
function withoutNotes(node: object): void {
  for (const name of Object.keys(node)) {
    if ([...NOTES, ...ADDRESSES].includes(name) || name.startsWith("x-")) Reflect.deleteProperty(node, name);
  }
}
