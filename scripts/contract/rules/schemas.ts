// What the keywords of one schema say together.
import type { Problem } from "../problem.js";
import type { Node } from "../understand.js";
import type { Rule } from "./rule.js";

const objects: Rule = {
  of: "Schema",
  *check({ pointer, value: { properties = {}, required, additionalProperties } }) {
    for (const [index, name] of [required ?? []].flat().entries()) {
      if (Object.hasOwn(Object(properties), String(name))) continue;
      yield {
        pointer: [...pointer, "required", String(index)],
        message: `\`${name}\` is not described. Write it under \`properties\`.`,
      };
    }
    if (Object.keys(Object(properties)).length === 0 || !additionalProperties) return;
    const message =
      "TypeScript has no type for members of some names and other ones besides. Remove this or `properties`.";
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
        message: `\`${words[0]}\` says which values there are. Remove one of them.`,
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
  if (listed.length === 0) yield { pointer, message: "There is no value. Write one, or remove the list." };
  if (twice !== undefined) yield { pointer, message: `${JSON.stringify(twice)} is listed twice. Remove one of them.` };
  if (word === "x-extensible-enum") {
    if (types.includes("string") && types.every((name) => name === "string" || name === "null")) return;
    yield { pointer, message: "Only text can be an open set. Write `type: string`." };
    return;
  }
  for (const value of listed) {
    if (types.some((name) => isOfType(value, name))) continue;
    yield { pointer, message: `${JSON.stringify(value)} is not of the \`type\`. Correct one of them.` };
  }
  if (types.includes("null") && !listed.includes(null)) {
    yield { pointer, message: "The `type` allows null, but these values do not. Add null here, or remove it there." };
  }
  if (word === "const" && listed[0] === null) yield { pointer, message: "Null is not a constant. Remove it." };
}

const isOfType = (value: unknown, type: unknown) =>
  type === "null" ? value === null : type === "integer" ? Number.isInteger(value) : typeof value === type;

const patterns: Rule = {
  of: "Schema",
  *check({ pointer, value: { pattern } }) {
    try {
      if (pattern !== undefined) new RegExp(String(pattern), "u"); // as Ajv reads it
    } catch (error) {
      const [, reason = "wrong"] = /: ([^:]*)$/.exec(String(error)) ?? [];
      const message = `This is not a JavaScript regular expression with the flag "u" (${reason}). Correct it.`;
      yield { pointer: [...pointer, "pattern"], message };
    }
  },
};

export const schemas = [objects, values, patterns];
