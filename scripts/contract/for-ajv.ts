// A description as Ajv should read it: copies, each for one use.
import { locate, parsePointer } from "./document.js";
import { NOTES, walk } from "./walk.js";

type Mark = "readOnly" | "writeOnly";

/** For what is only ever in one direction: members with the mark are not demanded. */
export function withoutDemandFor(mark: Mark, document: object): object {
  const copy = copyOf(document);
  walk(copy, (node) => dropDemands(mark, copy, node));
  return copy;
}

function dropDemands(mark: Mark, document: object, node: object, inherited: string[] = []): void {
  const { required, allOf = [] } = Object(node);
  const names = [...inherited, ...membersWith(mark, document, node)];
  if (Array.isArray(required))
    Reflect.set(
      node,
      "required",
      required.filter((name) => !names.includes(name)),
    );
  if (Array.isArray(allOf)) for (const part of allOf) dropDemands(mark, document, Object(part), names);
}

/** The names of a schema's members that have the mark, those of its parts included. */
export function membersWith(mark: Mark, document: object, schema: unknown, seen = new Set<object>()): string[] {
  const { $ref } = Object(schema);
  const target = typeof $ref === "string" ? locate(document, parsePointer($ref)).value : Object(schema);
  if (seen.has(target)) return [];
  seen.add(target);
  const { properties, allOf = [] } = Object(target);
  const own = Object.entries(Object(properties)).filter(([, member]) => {
    const { $ref: to, [mark]: isMarked } = Object(member);
    return isMarked ?? (typeof to === "string" && Object(locate(document, parsePointer(to)).value)[mark]);
  });
  return [...own.map(([name]) => name), ...allOf.flatMap((part: unknown) => membersWith(mark, document, part, seen))];
}

/**
 * For parameters, which are text on the wire. Ajv reads text as the `type` of its schema, so each schema of known values gets
 * one. And what may be read in two ways may be either.
 */
export function forText(document: object): object {
  const copy = copyOf(document);
  walk(copy, (node) => {
    const { type, const: only, enum: values = only === undefined ? [] : [only], oneOf, allOf = [] } = Object(node);
    if (type === undefined && values.length > 0) Reflect.set(node, "type", [...new Set(values.map(typeOf))]);
    if (!Array.isArray(oneOf)) return;
    Reflect.deleteProperty(node, "oneOf");
    Reflect.set(node, "allOf", [...allOf, { anyOf: oneOf }]);
  });
  return copy;
}

const typeOf = (value: unknown) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

function copyOf(document: object): object {
  const copy: object = JSON.parse(JSON.stringify(document));
  walk(copy, withoutNotes);
  return copy;
}

/** Removed because they would change a schema's address: our references are pointers into the document. */
const ADDRESSES = ["$id", "$anchor", "$dynamicAnchor", "$schema", "$vocabulary"];

/** Removes what has no effect on a check, so that a change of wording changes no generated code. */
function withoutNotes(node: object): void {
  for (const name of Object.keys(node)) {
    if ([...NOTES, ...ADDRESSES].includes(name) || name.startsWith("x-")) Reflect.deleteProperty(node, name);
  }
}
