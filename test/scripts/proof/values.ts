// Values for a schema: valid ones, ones that differ from a valid one in one place, and the expected verdicts.
import { type Schema as JsonSchema, Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import type { Operation, Parameter, Schema, Schemas } from "./contracts.js";
import { textsOf } from "./wire.js";

/** Formats that both implementations check, with valid strings. */
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
function resolve(schema: Schema, schemas: Schemas): Schema {
  const { $ref } = schema;
  return $ref === undefined ? schema : resolve(schemas[$ref.slice(REFERENCE.length)] ?? {}, schemas);
}

/** Whether a value contains a secret that is not in a named member: in a list or a map, behind a reference, or nullable. */
export function containsSecret(schema: Schema, schemas: Schemas, seen: Schema[] = []): boolean {
  const { format, items, additionalProperties, oneOf, anyOf = oneOf ?? [] } = resolve(schema, schemas);
  const parts = [...anyOf, ...(items ? [items] : []), ...(additionalProperties ? [additionalProperties] : [])];
  const next = [...seen, schema];
  return format === "password" || parts.some((part) => !seen.includes(part) && containsSecret(part, schemas, next));
}

/** Valid values, as parsed from JSON. */
export const validValues = (schema: Schema, schemas: Schemas, depth = 0): fc.Arbitrary<unknown> =>
  anyOf(schema, schemas, depth).map((value) => JSON.parse(JSON.stringify(value)));

function anyOf(schema: Schema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  const { $ref, oneOf, anyOf: choices = oneOf, const: only, enum: values, "x-extensible-enum": known } = schema;
  if ($ref !== undefined) return anyOf(resolve(schema, schemas), schemas, depth);
  if (choices) {
    const possible = depth > 2 ? choices.slice(-1) : choices; // null, or another object
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
  const { items = {}, minItems: minLength = 0, maxItems = 2 } = schema;
  const list = { minLength, maxLength: depth > 1 ? minLength : maxItems };
  if (list.maxLength === 0) return fc.constant([]);
  return fc.array(validValues(items, schemas, depth + 1), list);
}

function text({ pattern, format, minLength = 0, maxLength = minLength + 8 }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, "u"));
  if (format !== undefined) return fc.constantFrom(...(new Map(Object.entries(FORMATS)).get(format) ?? []));
  // Length in code points, as in JSON Schema.
  return fc.oneof(...(["binary", "binary-ascii"] as const).map((unit) => fc.string({ unit, minLength, maxLength })));
}

function object(schema: Schema, schemas: Schemas, depth: number): fc.Arbitrary<object> {
  const { properties = {}, required = [], additionalProperties, not } = schema;
  const own = Object.entries(properties).filter(([name]) => depth < 2 || required.includes(name));
  const members = Object.fromEntries(own.map(([name, member]) => [name, validValues(member, schemas, depth + 1)]));
  const named = fc.record(members, { requiredKeys: required });
  const more =
    additionalProperties && depth < 2
      ? fc.dictionary(fc.constantFrom("extra", "ключ"), validValues(additionalProperties, schemas, depth + 1))
      : fc.constant({});
  const whole = fc.tuple(more, named).map(([others, value]) => ({ ...others, ...value }));
  const { const: only, enum: excluded = [only] } = not?.properties?.kind ?? {};
  return whole.filter((value) => !not || !excluded.includes(Reflect.get(value, "kind")));
}

/** Values that replace a part, or are added; undefined removes it. */
const OTHERS = [undefined, null, true, 0, -1, 0.5, 1e7, "", "x", "one", "ключ 𝒳", [], ["x", "x"], {}, { extra: 1 }];

/** Values that differ from this one in one place. */
export const changed = (value: unknown): fc.Arbitrary<unknown> =>
  changedInside(value).map((other) => JSON.parse(JSON.stringify(other ?? null)));

function changedInside(value: unknown): fc.Arbitrary<unknown> {
  const other = fc.constantFrom(...OTHERS);
  if (typeof value !== "object" || value === null) return other;
  const inside = fc
    .constantFrom(...Object.keys(value), ...(Array.isArray(value) ? [String(value.length)] : ["extra", "constructor"]))
    .chain((name) =>
      changedInside(Reflect.get(value, name)).map((part) =>
        Array.isArray(value) ? value.toSpliced(Number(name), 1, part) : { ...value, [name]: part },
      ),
    );
  return fc.oneof(other, { weight: 4, arbitrary: inside });
}

/** The verdict of an independent JSON Schema 2020-12 implementation. */
export function verdictOf(schema: Schema, schemas: Schemas): (value: unknown) => boolean {
  const whole: JsonSchema = JSON.parse(JSON.stringify({ ...schema, $defs: schemas }).replaceAll(REFERENCE, "#/$defs/"));
  const validator = new Validator(whole, "2020-12");
  // It would find `constructor` in objects with a prototype.
  const bare = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.assign(Object.create(null), value)
      : value;
  return (value) => validator.validate(JSON.parse(JSON.stringify(value), bare)).valid;
}

const sampleOf = (values: fc.Arbitrary<unknown>, seed: number) => fc.sample(values, { seed, numRuns: 1 })[0];

export type Init = { params: Record<string, Record<string, unknown>>; body?: unknown };

/** The inputs of a call: everything, and only what is required. */
export function initsOf({ parameters, requestBody }: Operation, schemas: Schemas, seed: number): [Init, Init] {
  const init = (isWhole: boolean): Init => {
    const params: Init["params"] = {};
    for (const [index, parameter] of parameters.entries()) {
      if (!isWhole && !parameter.required) continue;
      const values = validValues(parameter.schema, schemas).filter((value) => canBeSent(parameter, value));
      params[parameter.in] = { ...params[parameter.in], [parameter.name]: sampleOf(values, seed + index) };
    }
    if (!requestBody || !(isWhole || requestBody.required)) return { params };
    const { schema } = requestBody.content["application/json"];
    return { params, body: sampleOf(validValues(schema, schemas), seed) };
  };
  return [init(true), init(false)];
}

/** A path has no empty segment, a header is ASCII without surrounding spaces, and required values are not empty. */
function canBeSent({ in: place, required }: Parameter, value: unknown): boolean {
  const [text] = textsOf(value);
  if (required && textsOf(value).join("") === "") return false;
  if (place === "query" || text === undefined) return true;
  return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text) && text !== "." && text !== "..";
}
