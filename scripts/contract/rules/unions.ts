// A reference or null; or objects told apart by a member's constant, and at most one more for all other values.
import { isDeepStrictEqual } from "node:util";
import { locate, type Place } from "../document.js";
import type { Problem } from "../problem.js";
import type { Rule } from "./rule.js";

const FORMS =
  'Write `anyOf: [{ $ref: … }, { type: "null" }]`, or objects that share a required member, with another `const` in each';

const unions: Rule = {
  of: "Schema",
  *check({ pointer, value }, { document }) {
    const [word, ...others] = ["anyOf", "oneOf"].filter((word) => word in value);
    if (word === undefined) return;
    for (const other of others) yield { pointer: [...pointer, other], message: `\`${word}\` is here too. Remove one.` };
    const choices = [value[word]].flat();
    const places = choices.map((_, index) => locate(document, [...pointer, word, String(index)]));
    const at = [...pointer, word];
    if (choices.some((choice) => Reflect.get(Object(choice), "type") === "null"))
      yield* nullProblems(at, choices, places);
    else if (tagOf(document, places) === undefined)
      yield { pointer: at, message: `The variants are not told apart. ${FORMS}.` };
  },
};

function* nullProblems(pointer: string[], choices: unknown[], places: Place[]): Iterable<Problem> {
  const other = choices.findIndex((choice) => "$ref" in Object(choice));
  if (choices.length !== 2 || other < 0) {
    yield {
      pointer,
      message: 'Only a reference can be joined with null like this. Write `type: [string, "null"]` or the like.',
    };
    return;
  }
  const target = Object(places[other]?.value);
  const inner = [target.type, ...[target.anyOf, target.oneOf].flat().map((choice) => Object(choice).type)].flat();
  if (inner.includes("null")) yield { pointer, message: "The schema allows null itself. Write the reference alone." };
}

/** The member by which variants are told apart. */
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

/** Whether `not` says that a member has none of some values. */
function excludes(not: unknown, tag: string, constants: unknown[]): boolean {
  const { required, properties } = Object(not);
  const { const: only, enum: values = [only] } = Object(Object(properties)[tag]);
  const isTag = isDeepStrictEqual(required, [tag]) && isDeepStrictEqual(Object.keys(Object(properties)), [tag]);
  return isTag && isDeepStrictEqual(new Set(values), new Set(constants));
}

const exceptions: Rule = {
  of: "Document",
  *check(_, reading) {
    const lasts = reading.nodes("Schema").map(({ pointer, value }) => {
      const choices = [value.anyOf ?? value.oneOf ?? []].flat();
      const word = "anyOf" in value ? "anyOf" : "oneOf";
      return choices.length < 2
        ? undefined
        : locate(reading.document, [...pointer, word, String(choices.length - 1)]).value;
    });
    const allowed = new Set(lasts);
    for (const { pointer, value } of reading.nodes("Schema")) {
      if (!("not" in value) || allowed.has(value)) continue;
      yield { pointer: [...pointer, "not"], message: "Only the last variant of a union has `not`. Remove it." };
    }
  },
};

const circles: Rule = {
  of: "Schemas",
  *check({ pointer, value }) {
    const parts = new Map(Object.entries(value).map(([name, schema]) => [name, partsOf(schema)]));
    for (const name of Object.keys(value)) {
      const reached = new Set(parts.get(name));
      for (const next of reached) for (const part of parts.get(next) ?? []) reached.add(part); // grows as it is read
      if (!reached.has(name)) continue;
      const message = "It contains itself with no object in between, so it has no type. Put it into a property.";
      yield { pointer: [...pointer, name], message };
    }
  },
};

/** The schemas that one contains directly, with no object in between. */
function partsOf(schema: unknown): string[] {
  const { $ref, items, anyOf = [], oneOf = [] } = Object(schema);
  const name = typeof $ref === "string" ? [$ref.slice("#/components/schemas/".length)] : [];
  return [...name, ...[items ?? [], anyOf, oneOf].flat().flatMap(partsOf)];
}

export const references = [unions, exceptions, circles];
