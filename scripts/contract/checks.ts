// The requests and JSON answers that a contract describes, as checks of Ajv.
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import {
  bodyOf,
  eventsOf,
  formatPointer,
  isJson,
  locate,
  lookUp,
  operationKey,
  parametersOf,
  responsesOf,
} from "./document.js";
import { forText, withoutDemandFor } from "./for-ajv.js";
import { ContractError } from "./lint.js";
import type { Contract, ContractOperation } from "./read.js";
import { DATA, NOTES } from "./walk.js";

/** Compiled schemas: by the id of an operation, their ids in `ajv`. */
export interface RequestChecks {
  ajv: Ajv2020;
  schemas: Map<string, string>;
}

export interface Checks {
  ajv: Ajv2020;
  /** By `METHOD path`, then by status, range or `default`: the id of the schema in `ajv`; null where no JSON is described. */
  schemas: Map<string, Map<string, string | null>>;
  /** By the name of a webhook: the id of the schema of what is posted. */
  events: Map<string, string>;
  /** Of the bodies that are sent. */
  bodies: RequestChecks;
  /** Of an object with the members `path`, `query` and `header`, whose values may be text. It replaces text by what that means. */
  parameters: RequestChecks;
}

/** Compiles all checks; throws a {@link ContractError} with the place of each schema that Ajv cannot use. */
export function compileChecks(contract: Contract): Checks {
  const problems = new Set<string>();
  const answers = compilerOf(contract, withoutDemandFor("writeOnly", contract.document), problems);
  const schemas = contract.operations.map((operation) => {
    const responses = responsesOf(contract, operation).map(({ status, mediaType, media }) => {
      if (!mediaType || !isJson(mediaType) || !("schema" in media.value)) return [status, null] as const;
      return [status, answers.compile([...media.pointer, "schema"])] as const;
    });
    return [operationKey(operation), new Map(responses)] as const;
  });
  const events = eventsOf(contract).map(({ name, schema }) => [name, answers.compile(schema)] as const);
  const bodies = compileBodies(contract, problems);
  const parameters = compileParameters(contract, problems);
  if (problems.size > 0) throw new ContractError([...problems].join("\n"));
  return { ajv: answers.ajv, schemas: new Map(schemas), events: new Map(events), bodies, parameters };
}

function compileBodies(contract: Contract, problems: Set<string>): RequestChecks {
  const { ajv, compile } = compilerOf(contract, withoutDemandFor("readOnly", contract.document), problems);
  const schemas = contract.operations.flatMap((operation) => {
    const body = bodyOf(contract, operation);
    return body && "schema" in body.media.value
      ? [[operation.id, compile([...body.media.pointer, "schema"])] as const]
      : [];
  });
  return { ajv, schemas: new Map(schemas) };
}

function compileParameters(contract: Contract, problems: Set<string>): RequestChecks {
  const { ajv, compile } = compilerOf(contract, forText(contract.document), problems, "array");
  const schemaOf = (operation: ContractOperation) => {
    const places: Record<string, { type: string; properties: Record<string, object>; required: string[] }> = {};
    for (const { pointer, value } of parametersOf(contract, operation)) {
      const { in: place, name, required } = Object(value);
      places[place] ??= { type: "object", properties: {}, required: [] };
      places[place].properties[name] = { $ref: compile([...pointer, "schema"]) };
      if (required === true) places[place].required.push(name);
    }
    return { type: "object", properties: places };
  };
  const schemas = contract.operations.flatMap((operation) => {
    const schema = schemaOf(operation);
    if (Object.keys(schema.properties).length === 0) return [];
    ajv.addSchema(schema, operation.id);
    return [[operation.id, operation.id] as const];
  });
  return { ajv, schemas: new Map(schemas) };
}

/** Compiles schemas of a document in the form that one use needs; notes the place of each that Ajv cannot use. */
function compilerOf(contract: Contract, document: object, problems: Set<string>, coerceTypes: false | "array" = false) {
  // Formats and keywords that Ajv does not know are notes for the reader.
  const lenient = { strict: false, logger: false, validateSchema: false, addUsedSchema: false } as const;
  const code = { source: true, esm: true, lines: true };
  const ajv = new Ajv2020({ ...lenient, ownProperties: true, coerceTypes, code });
  formats.default(ajv);
  ajv.addSchema(document, "contract");
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
  return { ajv, compile };
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

/** A schema that is only a reference shares the check of the schema that it refers to. */
function schemaOf({ document }: Contract, pointer: string[]): string[] {
  const isReference = Object.keys(Object(lookUp(document, pointer))).every((name) => name === "$ref");
  return isReference ? locate(document, pointer).pointer : pointer;
}
