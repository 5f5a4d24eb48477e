// The contract → generated/schema.ts: openapi-typescript's types, with each schema exported by its own name.

import type { OpenAPI3, SchemaObject } from "openapi-typescript";
import openapiTS, {
  astToString,
  BOOLEAN,
  NULL,
  NUMBER,
  STRING,
  tsIntersection,
  tsLiteral,
  tsUnion,
} from "openapi-typescript";
import ts from "typescript";
import { formatPointer } from "../contract/document.js";
import { ContractError, redoclyConfig } from "../contract/lint.js";
import type { Contract } from "../contract/read.js";
import { adapted, BLOB } from "./adapt.js";
import { splitDirections } from "./directions.js";

export async function schemaModule({ document, typeNames, placeOf }: Contract): Promise<string> {
  const copy = adapted(document);
  const inputs = splitDirections(copy);
  const names = new Map(typeNames);
  for (const [name, input] of inputs) {
    const type = `${typeNames.get(name)}Input`;
    if ([...names.values()].includes(type)) {
      const place = placeOf(formatPointer(["components", "schemas", name]));
      const what = `Schema "${name}" has other members in a request, so it needs the type name ${type} too`;
      throw new ContractError(`${place}: ${what}, which another schema has: rename that one.`);
    }
    names.set(input, type);
  }
  const types = await openapiTS(copy as OpenAPI3, {
    silent: true,
    emptyObjectsUnknown: true,
    defaultNonNullable: false,
    transform: (schema) => (typeof schema === "object" ? (openSet(schema) ?? blob(schema)) : undefined),
    redocly: await redoclyConfig(),
  }).catch((error: Error) => {
    throw new ContractError(`openapi-typescript makes no types from it: ${error.message}`);
  });
  const aliases = [...names].map(([name, type]) => `export type ${type} = components["schemas"]["${name}"];\n`);
  // It indents a comment's later lines so far that an editor would show a second paragraph as code.
  // A comment in one line gets several: the bundler would move it behind the member before (sxzz/rolldown-plugin-dts#182).
  const text = astToString(types)
    .replace(/^( +\*) {4}(?= )/gm, "$1")
    .replace(/^( +)\/\*\* (.*) \*\/$/gm, "$1/**\n$1 * $2\n$1 */");
  return `${text.replace(WITH_REQUIRED, requiredOfObjects)}\n${aliases.join("")}`;
}

/** openapi-typescript's helper for `required` beside `allOf`. */
const WITH_REQUIRED = /type WithRequired<T, K extends keyof T> = (T & \{[^}]*\});/;

/** The helper does not compile for a nullable schema or for one of several: there, it applies to each object. */
const requiredOfObjects = (_: string, type: string) =>
  `type WithRequired<T, K extends PropertyKey> = T extends object ? ${type.replace("in K", "in K & keyof T")} : T;`;

/** A body that is read as a `Blob`. */
const blob = (schema: SchemaObject): ts.TypeNode | undefined =>
  BLOB in schema ? ts.factory.createTypeReferenceNode("Blob") : undefined;

/** The types of JSON Schema that an open set can have. */
const BASES = new Map<unknown, ts.TypeNode>([
  ["string", STRING],
  ["number", NUMBER],
  ["integer", NUMBER],
  ["boolean", BOOLEAN],
]);

/** `"known" | "values" | (string & {})`: editors complete the known values, and the type accepts every other one. */
function openSet(schema: SchemaObject): ts.TypeNode | undefined {
  const known: unknown = Reflect.get(schema, "x-extensible-enum");
  if (!Array.isArray(known)) return undefined;
  const kinds: unknown[] = [schema.type ?? known.map((value) => typeof value)].flat();
  const bases = new Set(kinds.flatMap((kind) => BASES.get(kind) ?? []));
  const open = [...bases].map((base) => tsIntersection([base, ts.factory.createTypeLiteralNode([])]));
  return tsUnion([...known.map(tsLiteral), ...open, ...(kinds.includes("null") ? [NULL] : [])]);
}
