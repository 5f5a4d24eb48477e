// Ajv validators for the requests and responses of a contract.
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Validate } from "../../generated/validators.js";
import { unescapeName } from "../../src/pointer.js";
import { violationOf } from "../../src/violation.js";
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
import { ANNOTATIONS } from "./language.js";
import { ContractError } from "./problem.js";
import type { Contract, ContractOperation } from "./read.js";

/** Maps operation ids to the ids of their compiled schemas in `ajv`. */
export interface RequestChecks {
  ajv: Ajv2020;
  schemas: Map<string, string>;
}

export interface Checks {
  ajv: Ajv2020;
  /** By `METHOD path`, then by status, range or `default`: the id of the schema in `ajv`; null without a body. */
  schemas: Map<string, Map<string, string | null>>;
  /** By webhook name: the id of the schema of the posted event. */
  events: Map<string, string>;
  /** Validators for request bodies. */
  bodies: RequestChecks;
  /** Validators for objects with `path`, `query` and `header`; string values are coerced to the declared types. */
  parameters: RequestChecks;
}

/** Compiles all validators; throws a {@link ContractError} with the place of each example that does not match its schema. */
export function compileChecks(contract: Contract): Checks {
  const document = withoutAnnotations(contract);
  const responseCompiler = compilerOf(contract, document);
  const schemas = contract.operations.map((operation) => {
    const responses = responsesOf(contract, operation).map(({ status, mediaType, media }) => {
      return [status, mediaType === undefined ? null : responseCompiler.compile([...media.pointer, "schema"])] as const;
    });
    return [operationKey(operation), new Map(responses)] as const;
  });
  const events = eventsOf(contract).map(({ name, schema }) => [name, responseCompiler.compile(schema)] as const);
  const bodyCompiler = compilerOf(contract, document);
  const sent = contract.operations.flatMap((operation) => {
    const body = bodyOf(contract, operation);
    return body ? [[operation.id, bodyCompiler.compile([...body.media.pointer, "schema"])] as const] : [];
  });
  rejectExamples(contract, responseCompiler);
  return {
    ajv: responseCompiler.ajv,
    schemas: new Map(schemas),
    events: new Map(events),
    bodies: { ajv: bodyCompiler.ajv, schemas: new Map(sent) },
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

/** Compiles schemas of a document, each with its pointer as id. */
function compilerOf(contract: Contract, document: object, options: object = {}) {
  // Formats unknown to Ajv are ignored.
  const lenient = { strict: false, logger: false, validateSchema: false, addUsedSchema: false } as const;
  const code = { source: true, esm: true, lines: true };
  const ajv = new Ajv2020({ ...lenient, ownProperties: true, code, ...options });
  formats.default(ajv);
  ajv.addSchema(document, "contract");
  const compile = (place: string[]) => {
    const id = `contract${formatPointer(schemaOf(contract, place))}`;
    ajv.getSchema(id);
    return id;
  };
  return { ajv, compile };
}

/** A schema that is only a reference shares the validator of its target. */
function schemaOf({ document }: Contract, pointer: string[]): string[] {
  return "$ref" in Object(lookUp(document, pointer)) ? locate(document, pointer).pointer : pointer;
}

/** A copy without annotations, so that a change of wording does not change the generated validators. */
function withoutAnnotations({ document, reading }: Contract): object {
  const copy = structuredClone(document);
  for (const { pointer } of reading.nodes("Schema")) {
    const schema = pointer.reduce((node: object, name) => Reflect.get(node, name), copy);
    for (const name of Object.keys(schema)) {
      if (name in ANNOTATIONS || name.startsWith("x-")) Reflect.deleteProperty(schema, name);
    }
  }
  return copy;
}

export const isValidator = (compiled: unknown): compiled is Validate => typeof compiled === "function";

function rejectExamples(contract: Contract, { ajv, compile }: ReturnType<typeof compilerOf>): void {
  const lines: string[] = [];
  const check = (value: unknown, schema: string[], pointer: string[]) => {
    const validate: unknown = ajv.getSchema(compile(schema));
    if (!isValidator(validate) || validate(value)) return;
    const { pointer: inside = "", message = "is not valid" } = violationOf(validate) ?? {};
    const place = contract.placeOf([...pointer, ...inside.split("/").slice(1).map(unescapeName)]);
    lines.push(`${place}: The value does not match its schema: ${`${inside} ${message}`.trim()}. Correct one of them.`);
  };
  const described = ["MediaType", "Parameter", "Header"].flatMap((kind) => contract.reading.nodes(kind));
  for (const { pointer, value } of described) {
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
