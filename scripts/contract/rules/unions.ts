// Unions: either a reference or null, or objects with a discriminating constant, plus at most one catch-all variant.
import { isDeepStrictEqual } from "node:util";
import { children, locate, type Place } from "../document.js";
import type { Finding, Rule } from "./rule.js";

const FORMS =
  'Write `anyOf: [{ $ref: … }, { type: "null" }]`, or objects that share a required member, with a different `const` in each';

/** The variants of a union, with every `$ref` followed. */
const variantsOf = (document: object, node: Place): Place[] =>
  ["anyOf", "oneOf"].flatMap((word) => children(document, node, word)).map(([, place]) => place);

const unions: Rule = {
  of: "Schema",
  *check(node, { document }) {
    const [word, other] = ["anyOf", "oneOf"].filter((word) => word in node.value);
    if (word === undefined) return;
    const variants = variantsOf(document, node);
    const isNullable = variants.some(({ value }) => Reflect.get(value, "type") === "null");
    if (other) yield [`\`${word}\` is here, too. Remove one of the two.`, other];
    else if (isNullable) yield* nullProblems(word, [node.value[word]].flat(), document, variants);
    else if (tagOf(document, variants) === undefined) yield [`Nothing distinguishes the variants. ${FORMS}.`, word];
  },
};

function* nullProblems(word: string, written: unknown[], document: object, variants: Place[]): Iterable<Finding> {
  const target = variants[written.findIndex((variant) => "$ref" in Object(variant))];
  if (!target || variants.length !== 2) {
    yield ['Only a reference can be combined with null this way. Write, for example, `type: [string, "null"]`.', word];
  } else if (
    [target, ...variantsOf(document, target)].some(({ value }) => [Reflect.get(value, "type")].flat().includes("null"))
  ) {
    yield ["The referenced schema already allows null. Write only the reference.", word];
  }
}

/** The member that distinguishes the variants. */
function tagOf(document: object, variants: Place[]): string | undefined {
  const last = Object(variants.at(-1)?.value);
  const named = "not" in last ? variants.slice(0, -1) : variants;
  if (variants.length < 2 || variants.some(({ value }) => Reflect.get(value, "type") !== "object")) return undefined;
  const constantOf = ({ pointer }: Place, tag: string): unknown =>
    Reflect.get(locate(document, [...pointer, "properties", tag]).value, "const");
  return [last.required ?? []].flat().find((tag: string) => {
    const constants = named.map((variant) => constantOf(variant, tag));
    const isRequired = variants.every(({ value }) => [Reflect.get(value, "required")].flat().includes(tag));
    if (!isRequired || constants.includes(undefined) || new Set(constants).size < constants.length) return false;
    return named === variants || excludes(last.not, tag, constants);
  });
}

/** Whether `not` excludes exactly these values of the discriminating member. */
function excludes(not: unknown, tag: string, constants: unknown[]): boolean {
  const { required, properties } = Object(not);
  const { const: only, enum: listed } = Object(Object(properties)[tag]);
  const values = only === undefined ? listed : listed === undefined ? [only] : undefined;
  const isTag = isDeepStrictEqual(required, [tag]) && isDeepStrictEqual(Object.keys(Object(properties)), [tag]);
  return isTag && isDeepStrictEqual(new Set(values), new Set(constants));
}

const exceptions: Rule = {
  of: "Document",
  *check(_, reading) {
    const allowed = new Set(reading.nodes("Schema").map((node) => variantsOf(reading.document, node).at(-1)?.value));
    for (const { pointer, value } of reading.nodes("Schema")) {
      if (!("not" in value) || allowed.has(value)) continue;
      yield ["`not` is only supported in the last variant of a union. Remove it.", ...pointer, "not"];
    }
  },
};

const circles: Rule = {
  of: "Schemas",
  *check({ value }) {
    const parts = new Map(Object.entries(value).map(([name, schema]) => [name, partsOf(schema)]));
    for (const name of Object.keys(value)) {
      const reached = new Set(parts.get(name));
      for (const next of reached) for (const part of parts.get(next) ?? []) reached.add(part); // grows as it is read
      if (!reached.has(name)) continue;
      yield ["It refers to itself, which TypeScript cannot type. Move the reference into a property.", name];
    }
  },
};

/** The schemas that a schema contains without an object in between. */
function partsOf(schema: unknown): string[] {
  const { $ref, items, anyOf = [], oneOf = [] } = Object(schema);
  const name = typeof $ref === "string" ? [$ref.slice("#/components/schemas/".length)] : [];
  return [...name, ...[items ?? [], anyOf, oneOf].flat().flatMap(partsOf)];
}

export const references = [unions, exceptions, circles];
