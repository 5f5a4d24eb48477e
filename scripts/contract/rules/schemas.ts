// Consistency of the keywords within a schema.
import type { Problem } from "../problem.js";
import type { Node } from "../walk.js";
import type { Rule } from "./rule.js";

const objects: Rule = {
  of: "Schema",
  *check({ pointer, value: { properties = {}, required, additionalProperties } }) {
    for (const [index, name] of [required ?? []].flat().entries()) {
      if (Object.hasOwn(Object(properties), String(name))) continue;
      yield {
        pointer: [...pointer, "required", String(index)],
        message: `\`${name}\` is required but not described. Add it to \`properties\`.`,
      };
    }
    if (Object.keys(Object(properties)).length === 0 || !additionalProperties) return;
    const message =
      "TypeScript cannot type both named properties and additional ones. Remove `additionalProperties` or `properties`.";
    yield { pointer: [...pointer, "additionalProperties"], message };
  },
};

const values: Rule = {
  of: "Schema",
  *check({ pointer, value }) {
    const words = ["const", "enum", "x-extensible-enum"].filter((word) => word in value);
    for (const word of words.slice(1)) {
      yield {
        pointer: [...pointer, word],
        message: `\`${words[0]}\` already lists the allowed values. Remove one of the two.`,
      };
    }
    for (const word of words)
      yield* valueProblems(
        { pointer: [...pointer, word], value },
        word === "const" ? [value.const] : [value[word]].flat(),
        word,
      );
  },
};

function* valueProblems({ pointer, value: { type } }: Node, listed: unknown[], word: string): Iterable<Problem> {
  const types = [type].flat();
  const [twice] = listed.filter((value, index) => listed.indexOf(value) < index);
  if (listed.length === 0) yield { pointer, message: "The list is empty. Add a value, or remove the list." };
  if (twice !== undefined) yield { pointer, message: `${JSON.stringify(twice)} is listed twice. Remove one.` };
  if (word === "x-extensible-enum") {
    if (types.includes("string") && types.every((name) => name === "string" || name === "null")) return;
    yield { pointer, message: "Only strings can be an open set. Write `type: string`." };
    return;
  }
  for (const value of listed) {
    if (types.some((name) => isOfType(value, name))) continue;
    yield { pointer, message: `${JSON.stringify(value)} does not match \`type\`. Correct one of them.` };
  }
  if (types.includes("null") && !listed.includes(null)) {
    yield { pointer, message: "`type` allows null, but these values do not. Add null here, or remove it from `type`." };
  }
  if (word === "const" && listed[0] === null) yield { pointer, message: "`const: null` is not supported. Remove it." };
}

const isOfType = (value: unknown, type: unknown) =>
  type === "null" ? value === null : type === "integer" ? Number.isInteger(value) : typeof value === type;

const patterns: Rule = {
  of: "Schema",
  *check({ pointer, value: { pattern } }) {
    try {
      if (pattern !== undefined) new RegExp(String(pattern), "u"); // as in Ajv
    } catch (error) {
      const [, reason = "wrong"] = /: ([^:]*)$/.exec(String(error)) ?? [];
      const message = `This is not a valid JavaScript regular expression with the flag "u" (${reason}). Correct it.`;
      yield { pointer: [...pointer, "pattern"], message };
    }
  },
};

export const schemas = [objects, values, patterns];
