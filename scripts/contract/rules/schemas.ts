// Consistency of the keywords within a schema.
import type { Finding, Rule } from "./rule.js";

const objects: Rule = {
  of: "Schema",
  *check({ value: { properties = {}, required, additionalProperties } }) {
    for (const [index, name] of [required ?? []].flat().entries()) {
      if (Object.hasOwn(Object(properties), String(name))) continue;
      yield [`\`${name}\` is required but not described. Add it to \`properties\`.`, "required", String(index)];
    }
    if (Object.keys(Object(properties)).length === 0 || !additionalProperties) return;
    yield [
      "TypeScript cannot type both named and additional properties. Remove one of the two.",
      "additionalProperties",
    ];
  },
};

const values: Rule = {
  of: "Schema",
  *check({ value }) {
    const words = ["const", "enum", "x-extensible-enum"].filter((word) => word in value);
    for (const word of words.slice(1)) {
      yield [`\`${words[0]}\` already lists the allowed values. Remove one of the two.`, word];
    }
    for (const word of words) {
      yield* valueProblems(word, [value.type].flat(), word === "const" ? [value.const] : [value[word]].flat());
    }
  },
};

function* valueProblems(word: string, types: unknown[], listed: unknown[]): Iterable<Finding> {
  const [twice] = listed.filter((value, index) => listed.indexOf(value) < index);
  if (listed.length === 0) yield ["The list is empty. Add a value, or remove the list.", word];
  if (twice !== undefined) yield [`${JSON.stringify(twice)} is listed twice. Remove one.`, word];
  if (word === "x-extensible-enum") {
    if (types.includes("string") && types.every((name) => name === "string" || name === "null")) return;
    yield ["Only strings can be an open set. Write `type: string`.", word];
    return;
  }
  for (const value of listed) {
    if (types.some((name) => isOfType(value, name))) continue;
    yield [`${JSON.stringify(value)} does not match \`type\`. Correct one of them.`, word];
  }
  if (types.includes("null") && !listed.includes(null)) {
    yield ["`type` allows null, but these values do not. Add null here, or remove it from `type`.", word];
  }
  if (word === "const" && listed[0] === null) yield ["`const: null` is not supported. Remove it.", word];
}

const isOfType = (value: unknown, type: unknown) =>
  type === "null" ? value === null : type === "integer" ? Number.isInteger(value) : typeof value === type;

const patterns: Rule = {
  of: "Schema",
  *check({ value: { pattern } }) {
    try {
      if (pattern !== undefined) new RegExp(String(pattern), "u"); // as in Ajv
    } catch (error) {
      const [, reason = "wrong"] = /: ([^:]*)$/.exec(String(error)) ?? [];
      yield [`This is not a valid JavaScript regular expression with the flag "u" (${reason}). Correct it.`, "pattern"];
    }
  },
};

export const schemas = [objects, values, patterns];
