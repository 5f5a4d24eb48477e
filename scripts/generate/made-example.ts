// An answer made from what its schema says: its examples, defaults and known values. Nothing is invented.
import { locate, parsePointer } from "../contract/document.js";
import { membersWith } from "../contract/for-ajv.js";

type Make = (schema: unknown) => unknown;

/** A schema that is being made: what it is inside of itself. */
const PENDING = Symbol("pending");

/** A value for an answer's schema; undefined where the schema does not say enough of it, or too much. */
export function madeExample(document: object, schema: unknown): unknown {
  const known = new Map<unknown, unknown>();
  const make: Make = (schema) => {
    const target = resolved(document, schema);
    if (!known.has(target)) {
      known.set(target, PENDING);
      known.set(target, madeOnce(document, target, make));
    }
    return known.get(target);
  };
  const made = make(schema);
  return sizeOf(made) > LARGEST ? undefined : made;
}

/** What a reference with nothing beside it refers to. */
function resolved(document: object, schema: unknown): unknown {
  const { $ref, ...rest } = Object(schema);
  const isReference = typeof $ref === "string" && Object.keys(rest).length === 0;
  return isReference ? locate(document, parsePointer($ref)).value : schema;
}

function madeOnce(document: object, schema: unknown, make: Make): unknown {
  const [said] = saidBy(schema);
  if (said !== undefined) return said;
  const parts = partsOf(document, schema);
  const values = parts.flatMap((part) => [...saidBy(part), ...choicesOf(part, make)]);
  const object = madeObject(document, parts, values, make);
  if (object) return object;
  const others = [...values, ...parts.flatMap((part) => madeList(part, make))];
  const isNullable = others.includes(null) || parts.some(({ type }) => [type].flat().includes("null"));
  return others.find((value) => value !== null && !isObject(value)) ?? (isNullable ? null : undefined);
}

/** What a schema names as a value of its own. */
function saidBy(schema: unknown): unknown[] {
  const { examples = [], enum: values = [], "x-extensible-enum": known = [], ...rest } = Object(schema);
  const all = [...Object.values(examples), rest.example, rest.const, rest.default, ...values, ...known];
  return all.filter((value) => value !== undefined).slice(0, 1);
}

/** A schema and all that `$ref` and `allOf` add to it. */
function partsOf(document: object, schema: unknown, seen = new Set<object>()): Record<string, unknown>[] {
  const node = Object(schema);
  if (seen.has(node)) return [];
  seen.add(node);
  const target = typeof node.$ref === "string" ? [locate(document, parsePointer(node.$ref)).value] : [];
  return [node, ...[...target, ...(node.allOf ?? [])].flatMap((part) => partsOf(document, part, seen))];
}

/** The first of several schemas for which there is a value; null only where there is no other. */
function choicesOf({ oneOf, anyOf }: Record<string, unknown>, make: Make): unknown[] {
  return [oneOf, anyOf].flatMap((choices) => {
    const made = Array.isArray(choices) ? choices.map(make).filter(isMade) : [];
    return [made.find((value) => value !== null) ?? made[0]].filter(isMade);
  });
}

/** Whatever members have a value, if these are all that have to be there. */
function madeObject(document: object, parts: Record<string, unknown>[], values: unknown[], make: Make) {
  const onlySent = parts.flatMap((part) => membersWith("writeOnly", document, part));
  const members = parts.flatMap(({ properties }) => Object.entries(Object(properties)));
  const answered = members.filter(([name]) => !onlySent.includes(name));
  const made = answered.map(([name, schema]) => [name, make(schema)] as const);
  const object = Object.assign(
    Object.fromEntries(made.filter(([, value]) => isMade(value))),
    ...values.filter(isObject),
  );
  const required = parts.flatMap((part): unknown => part.required ?? []).map(String);
  const isWhole = required.every((name) => Object.hasOwn(object, name) || onlySent.includes(name));
  return isWhole && Object.keys(object).length > 0 ? object : undefined;
}

/** One item; none where items are what the list is in, as they have to end somewhere. */
function madeList({ items }: Record<string, unknown>, make: Make): unknown[] {
  const item = items === undefined ? undefined : make(items);
  if (item === PENDING) return [[]];
  return item === undefined ? [] : [[item]];
}

const isMade = (value: unknown) => value !== undefined && value !== PENDING;

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Schemas that refer to each other in many ways give an example that nobody would read, or no computer could hold. */
const LARGEST = 1000;

/** How many values there are in one. What occurs several times is counted as often, but looked into once. */
function sizeOf(value: unknown, known = new Map<unknown, number>()): number {
  if (typeof value !== "object" || value === null) return 1;
  const inside = Object.values(value);
  const size = known.get(value) ?? inside.reduce((sum: number, inner) => sum + sizeOf(inner, known), 1);
  known.set(value, size);
  return size;
}
