// The table of the language as a page of the docs. A test compares it with the page that is committed.
import { type Form, INSTEAD, type Kind, LANGUAGE, NOTES, VALUES } from "../contract/language.js";

/** Markdown with a section for each kind of object. */
export function languagePage(): string {
  const { Untyped: _, ...kinds } = LANGUAGE;
  return `# What a contract may say

The contract is one file of YAML or JSON in a small part of OpenAPI 3.1. What these tables do not list is refused, with its place and what
to write instead. So is what contradicts itself: an example that does not fit its schema, a path parameter that is not described, a
response with a body but no example. Nothing outside the file is read.

In every object with named members, \`x-…\` may be written too; it changes nothing. Neither do ${Object.keys(NOTES).map(code).join(", ")}
in a schema. Which schema below it is depends on its \`type\`. That can be a list of types of text, numbers and booleans, and every type can
be joined with \`"null"\`.

${Object.values(kinds).map(section).join("\n")}
## Keywords of schemas that are not understood

${adviceOf(INSTEAD)}`;
}

function section({ is, members, names, otherwise, kept, instead }: Kind): string {
  const rows = Object.entries(members)
    .filter(([name]) => !(name in NOTES) || instead !== INSTEAD)
    .map(([name, form]) => [code(name.replace("!", "")) + (name.endsWith("!") ? ", always" : ""), wordsOf(form)]);
  if (names) rows.push([`${otherwise.replace("Write ", "")}`, wordsOf(names.hold)]);
  const table = [["Member", "Holds"], ["---", "---"], ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
  const reference = `It can be kept in components: \`$ref: "#/components/${kept}/NAME"\`.\n\n`;
  const others = instead === INSTEAD ? "" : adviceOf(instead);
  return `## ${is.charAt(0).toUpperCase()}${is.slice(1)}\n\n${kept ? reference : ""}${table}${others && `\n${others}`}`;
}

const adviceOf = (instead: Record<string, string>) =>
  Object.entries(instead)
    .map(([name, advice]) => `- Not ${code(name)}. ${advice}.\n`)
    .join("");

const code = (name: string) => `\`${name}\``;

const OTHER_FORMS: Record<string, string> = {
  Schema: "a schema",
  Choice: 'a schema, or `type: "null"`',
  Rest: "`false`, or a schema of all other members",
};

function wordsOf(form: Form): string {
  if (form.startsWith("[")) return `a list: ${wordsOf(form.slice(1, -1))}`;
  if (form.startsWith("=")) return code(form.slice(1));
  const words = VALUES[form]?.is ?? LANGUAGE[form]?.is ?? OTHER_FORMS[form];
  if (words === undefined) throw new Error(`The table has no kind ${form}.`);
  return words;
}
