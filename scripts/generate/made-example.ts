// An answer made from what its schema says: its examples, defaults and known values. Nothing is invented.
import { locate, parsePointer } from "../contract/document.js";
import { membersWith } from "../contract/for-ajv.js";

type Make = (schema: unknown) => unknown;

/** A value for an answer's schema; undefined where the schema does not say enough of it. */
export function madeExample(document: object, schema: unknown, around: object[] = []): unknown {
  const [said] = saidBy(schema);
  if (said !== undefined) return said;
  const parts = partsOf(document, schema);
  if (parts.some((part) => around.includes(part))) return undefined;
  const make: Make = (inner) => madeExample(document, inner, [...around, ...parts]);
  const values = parts.flatMap((part) => [...saidBy(part), ...choicesOf(part, make)]);
  const object = madeObject(document, parts, values, make);
  if (object) return object;
  const other = [...values, ...parts.flatMap((part) => madeList(document, part, make, [...around, ...parts]))];
  const nothing = parts.some(({ type }) => [type].flat().includes("null")) ? null : undefined;
  return other.find((value) => !isObject(value)) ?? nothing;
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
    const made = Array.isArray(choices) ? choices.map(make).filter((value) => value !== undefined) : [];
    return [made.find((value) => value !== null) ?? made[0]].filter((value) => value !== undefined);
  });
}

/** Whatever members have a value, if these are all that have to be there. */
function madeObject(document: object, parts: Record<string, unknown>[], values: unknown[], make: Make) {
  const onlySent = parts.flatMap((part) => membersWith("writeOnly", document, part));
  const members = parts.flatMap(({ properties }) => Object.entries(Object(properties)));
  const answered = members.filter(([name]) => !onlySent.includes(name));
  const made = answered.map(([name, schema]) => [name, make(schema)] as const);
  const object = Object.assign(
    Object.fromEntries(made.filter(([, value]) => value !== undefined)),
    ...values.filter(isObject),
  );
  const required = parts.flatMap((part): unknown => part.required ?? []).map(String);
  const isWhole = required.every((name) => Object.hasOwn(object, name) || onlySent.includes(name));
  return isWhole && Object.keys(object).length > 0 ? object : undefined;
}

/** One item; none where items are what the list is in, as they have to end somewhere. */
function madeList(document: object, { items }: Record<string, unknown>, make: Make, around: object[]): unknown[] {
  if (items === undefined) return [];
  const item = make(items);
  if (item !== undefined) return [[item]];
  return partsOf(document, items).some((part) => around.includes(part)) ? [[]] : [];
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
