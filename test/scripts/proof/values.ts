// Values for a schema of the language: those that fit it, those that differ from one in one place, and the verdict on both.
import { type Schema as JsonSchema, Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import type { Schema, Schemas } from "./contracts.js";

/** Formats that both implementations check, each with texts that have it. */
export const FORMATS = {
  "date-time": ["2024-01-15T10:30:00Z", "2024-02-29T23:59:59.5+05:30"],
  date: ["2024-02-29"],
  uri: ["https://example.com/a?b=c"],
  email: ["a.b@example.com"],
  uuid: ["6f9619ff-8b86-4011-b42d-00c04fc964ff"],
  password: ["fake-secret", ""],
};

const REFERENCE = "#/components/schemas/";

/** The schema that a reference names, or the schema itself. */
export function resolve(schema: Schema, schemas: Schemas): Schema {
  const { $ref } = schema;
  return $ref === undefined ? schema : resolve(schemas[$ref.slice(REFERENCE.length)] ?? {}, schemas);
}

/** Values as they come out of JSON. */
export const fitting = (schema: Schema, schemas: Schemas, depth = 0): fc.Arbitrary<unknown> =>
  anyOf(schema, schemas, depth).map((value) => JSON.parse(JSON.stringify(value)));

function anyOf(schema: Schema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  const { $ref, anyOf: choices, const: only, enum: values, "x-extensible-enum": known } = schema;
  if ($ref !== undefined) return anyOf(resolve(schema, schemas), schemas, depth);
  if (choices) {
    const possible = depth > 3 ? choices.slice(-1) : choices; // null, or another object
    return fc.oneof(...possible.map((choice) => anyOf(choice, schemas, depth)));
  }
  if (only !== undefined) return fc.constant(only);
  if (values) return fc.constantFrom(...values);
  const types = [schema.type ?? []].flat().map((type) => ofType(type, schema, schemas, depth));
  return fc.oneof(...types, ...(known ? [fc.constantFrom(...known)] : []));
}

function ofType(type: string, schema: Schema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  const { minimum = -1e6, maximum = 1e6 } = schema;
  if (type === "null") return fc.constant(null);
  if (type === "boolean") return fc.boolean();
  if (type === "integer") return fc.integer({ min: minimum, max: maximum });
  if (type === "number") return fc.double({ min: minimum, max: maximum, noNaN: true });
  if (type === "string") return text(schema);
  if (type === "object") return object(schema, schemas, depth);
  const { items = {}, minItems: minLength = 0, maxItems = 3, uniqueItems } = schema;
  const list = { minLength, maxLength: depth > 3 ? minLength : maxItems };
  if (list.maxLength === 0) return fc.constant([]);
  const item = fitting(items, schemas, depth + 1);
  return uniqueItems ? fc.uniqueArray(item, { ...list, comparator: "SameValue" }) : fc.array(item, list);
}

function text({ pattern, format, minLength = 0, maxLength = minLength + 8 }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, "u"));
  if (format !== undefined) return fc.constantFrom(...(new Map(Object.entries(FORMATS)).get(format) ?? []));
  return fc.string({ unit: "binary", minLength, maxLength }); // one code point a unit, as JSON Schema counts
}

function object(schema: Schema, schemas: Schemas, depth: number): fc.Arbitrary<object> {
  const { properties = {}, required = [], additionalProperties, not } = schema;
  const own = Object.entries(properties).filter(([name]) => depth < 3 || required.includes(name));
  const members = Object.fromEntries(own.map(([name, member]) => [name, fitting(member, schemas, depth + 1)]));
  const named = fc.record(members, { requiredKeys: required });
  const more =
    additionalProperties && depth < 3
      ? fc.dictionary(
          fc.constantFrom("extra", "constructor", "ключ"),
          fitting(additionalProperties, schemas, depth + 1),
        )
      : fc.constant({});
  const whole = fc.tuple(more, named).map(([others, value]) => ({ ...others, ...value }));
  const excluded = Object.entries(not?.properties ?? {});
  return whole.filter((value) => !excluded.some(([name, { const: only }]) => Reflect.get(value, name) === only));
}

/** What is put in place of something, or beside it. */
const OTHERS = [null, true, 0, -1, 0.5, 1e7, "", "x", "ключ 𝒳", [], ["x", "x"], {}, { extra: 1 }];

/** All values that differ from this one in one place: something else is there, is missing, or is there twice. */
export function changes(value: unknown): unknown[] {
  const here = OTHERS.filter((other) => JSON.stringify(other) !== JSON.stringify(value));
  if (Array.isArray(value)) {
    const changed = value.flatMap((item, index) => changes(item).map((other) => value.with(index, other)));
    return [...here, ...changed, ...value.map((_, index) => value.toSpliced(index, 1)), [...value, ...value]];
  }
  if (typeof value !== "object" || value === null) return here;
  const inside = Object.entries(value).flatMap(([name, member]) => [
    Object.fromEntries(Object.entries(value).filter(([other]) => other !== name)),
    ...changes(member).map((other) => ({ ...value, [name]: other })),
  ]);
  return [...here, ...inside, { ...value, extra: "x" }, { ...value, extra: 1 }];
}

/** The verdict of an implementation of JSON Schema 2020-12 that has nothing in common with the one in use. */
export function verdictOf(schema: Schema, schemas: Schemas): (value: unknown) => boolean {
  const whole: JsonSchema = JSON.parse(JSON.stringify({ ...schema, $defs: schemas }).replaceAll(REFERENCE, "#/$defs/"));
  const validator = new Validator(whole, "2020-12");
  // It would find `constructor` in every other object.
  const bare = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.assign(Object.create(null), value)
      : value;
  return (value) => validator.validate(JSON.parse(JSON.stringify(value), bare)).valid;
}
