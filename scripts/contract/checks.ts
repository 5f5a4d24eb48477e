// The requests and responses that a contract describes, as checks of Ajv.
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import {
  bodyOf,
  eventsOf,
  formatPointer,
  locate,
  lookUp,
  operationKey,
  parametersOf,
  responsesOf,
} from "./document.js";
import { NOTES } from "./language.js";
import { ContractError } from "./problem.js";
import type { Contract, ContractOperation } from "./read.js";

/** Compiled schemas: by the id of an operation, their ids in `ajv`. */
export interface RequestChecks {
  ajv: Ajv2020;
  schemas: Map<string, string>;
}

export interface Checks {
  ajv: Ajv2020;
  /** By `METHOD path`, then by status, range or `default`: the id of the schema in `ajv`; null where there is no body. */
  schemas: Map<string, Map<string, string | null>>;
  /** By the name of a webhook: the id of the schema of what is posted. */
  events: Map<string, string>;
  /** Of the bodies that are sent. */
  bodies: RequestChecks;
  /** Of an object with the members `path`, `query` and `header`, whose values may be text. It replaces text by what that means. */
  parameters: RequestChecks;
}

/** Compiles all checks; throws a {@link ContractError} with the place of each example that does not fit its schema. */
export function compileChecks(contract: Contract): Checks {
  const document = withoutNotes(contract);
  const answers = compilerOf(contract, document);
  const schemas = contract.operations.map((operation) => {
    const responses = responsesOf(contract, operation).map(({ status, mediaType, media }) => {
      return [status, mediaType === undefined ? null : answers.compile([...media.pointer, "schema"])] as const;
    });
    return [operationKey(operation), new Map(responses)] as const;
  });
  const events = eventsOf(contract).map(({ name, schema }) => [name, answers.compile(schema)] as const);
  const bodies = compilerOf(contract, document);
  const sent = contract.operations.flatMap((operation) => {
    const body = bodyOf(contract, operation);
    return body ? [[operation.id, bodies.compile([...body.media.pointer, "schema"])] as const] : [];
  });
  refuseExamples(contract, answers);
  return {
    ajv: answers.ajv,
    schemas: new Map(schemas),
    events: new Map(events),
    bodies: { ajv: bodies.ajv, schemas: new Map(sent) },
    parameters: compileParameters(contract, document),
  };
}

function compileParameters(contract: Contract, document: object): RequestChecks {
  const { ajv, compile } = compilerOf(contract, document, { coerceTypes: "array" });
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

/** Compiles schemas of a document, each under its address. */
function compilerOf(contract: Contract, document: object, options: object = {}) {
  // Formats that Ajv does not know are notes for the reader.
  const lenient = { strict: false, logger: false, validateSchema: false, addUsedSchema: false } as const;
  const code = { source: true, esm: true, lines: true };
  const ajv = new Ajv2020({ ...lenient, allErrors: true, ownProperties: true, code, ...options });
  formats.default(ajv);
  ajv.addSchema(document, "contract");
  const compile = (place: string[]) => {
    const id = `contract${formatPointer(schemaOf(contract, place))}`;
    ajv.getSchema(id);
    return id;
  };
  return { ajv, compile };
}

/** A schema that is only a reference shares the check of the schema that it refers to. */
function schemaOf({ document }: Contract, pointer: string[]): string[] {
  return "$ref" in Object(lookUp(document, pointer)) ? locate(document, pointer).pointer : pointer;
}

/** A copy without what has no effect on a check, so that a change of wording changes no generated code. */
function withoutNotes({ document, reading }: Contract): object {
  const copy = structuredClone(document);
  for (const { pointer } of reading.nodes("Schema")) {
    const schema = pointer.reduce((node: object, name) => Reflect.get(node, name), copy);
    for (const name of Object.keys(schema)) {
      if (name in NOTES || name.startsWith("x-")) Reflect.deleteProperty(schema, name);
    }
  }
  return copy;
}

function refuseExamples(contract: Contract, { ajv, compile }: ReturnType<typeof compilerOf>): void {
  const lines: string[] = [];
  const check = (value: unknown, schema: string[], pointer: string[]) => {
    const validate = ajv.getSchema(compile(schema));
    if (validate?.(value)) return;
    const [error] = validate?.errors ?? [];
    const what = `${error?.instancePath ?? ""} ${error?.message ?? "is not valid"}`.trim();
    lines.push(`${contract.placeOf(pointer)}: This does not fit its schema: ${what}. Correct one of them.`);
  };
  for (const { pointer, value } of ["MediaType", "Parameter", "Header"].flatMap((kind) =>
    contract.reading.nodes(kind),
  )) {
    const schema = [...pointer, "schema"];
    if ("example" in value) check(value.example, schema, [...pointer, "example"]);
    for (const [name, example] of Object.entries(Object(value.examples))) {
      check(Object(example).value, schema, [...pointer, "examples", name, "value"]);
    }
  }
  for (const { pointer, value } of contract.reading.nodes("Schema")) {
    for (const name of ["example", "default"]) if (name in value) check(value[name], pointer, [...pointer, name]);
    for (const [index, example] of [value.examples ?? []].flat(1).entries()) {
      check(example, pointer, [...pointer, "examples", `${index}`]);
    }
  }
  if (lines.length > 0) throw new ContractError(lines.join("\n"));
}
