// The page of the docs that shows LANGUAGE. A test compares it with the committed page.
import { ANNOTATIONS, capitalized, type Form, INSTEAD, type Kind, LANGUAGE, VALUES } from "../contract/language.js";

/** Markdown with a section for each kind of object. */
export function languagePage(): string {
  const { Untyped: _, ...kinds } = LANGUAGE;
  return `# The supported OpenAPI subset

The contract is one YAML or JSON file in a small subset of OpenAPI 3.1. Anything that these tables do not list is rejected, with its location
and what to write instead. So is anything inconsistent: an example that does not match its schema, a path parameter that is not described, a
response with a body but no example. No other file is read.

Extensions (\`x-…\`) are allowed in every object with fixed fields. Apart from \`x-extensible-enum\` and \`x-codeSamples\`, they have no effect.
In a schema, ${Object.keys(ANNOTATIONS).map(code).join(", ")}
have no effect on the types and validators either. Which of the schema tables below applies depends on \`type\`, which can also be a list
of string, number, integer and boolean. Any type can be combined with \`"null"\`.

${Object.values(kinds).map(section).join("\n")}
## Unsupported schema keywords

${adviceOf(INSTEAD)}`;
}

function section({ is, members, names, otherwise, sharedIn, instead }: Kind): string {
  const rows = Object.entries(members)
    .filter(([name]) => !(name in ANNOTATIONS) || instead !== INSTEAD)
    .map(([name, form]) => [code(name.replace("!", "")) + (name.endsWith("!") ? " (required)" : ""), wordsOf(form)]);
  if (names) rows.push([otherwise.replace("Write ", ""), wordsOf(names.value)]);
  const table = [["Field", "Value"], ["---", "---"], ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
  const reference = `It can be defined in components: \`$ref: "#/components/${sharedIn}/NAME"\`.\n\n`;
  const others = instead === INSTEAD ? "" : adviceOf(instead);
  return `## ${capitalized(is)}\n\n${sharedIn ? reference : ""}${table}${others && `\n${others}`}`;
}

const adviceOf = (instead: Record<string, string>) =>
  Object.entries(instead)
    .map(([name, advice]) => `- ${code(name)}: ${advice.charAt(0).toLowerCase()}${advice.slice(1)}.\n`)
    .join("");

const code = (name: string) => `\`${name}\``;

const OTHER_FORMS: Record<string, string> = {
  Schema: "a schema",
  Choice: 'a schema, or `type: "null"`',
  Rest: "`false`, or a schema for all other members",
};

const LISTS: Record<string, string> = { "[data]": "values", "[Choice]": 'schemas, one of which may be `type: "null"`' };

function wordsOf(form: Form): string {
  if (form.startsWith("[")) return `a list of ${LISTS[form] ?? `${wordsOf(form.slice(1, -1)).replace(/^an? /, "")}s`}`;
  if (form.startsWith("=")) return code(form.slice(1));
  const words = VALUES[form]?.is ?? LANGUAGE[form]?.is ?? OTHER_FORMS[form];
  if (words === undefined) throw new Error(`There is no kind ${form}.`);
  return words;
}
