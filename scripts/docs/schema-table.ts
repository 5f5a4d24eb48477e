// A schema as a table with one row per field; fields of nested objects are listed by path.
import { locate, type Place } from "./contract.js";
import { cell, code, text } from "./markdown.js";

/** Reads a member of a value of unknown shape. */
export const get = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);

/** The items of a list as strings; empty if it is not a list. */
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** The table of a schema's fields; empty if it has none. */
export function schemaTable(document: object, schema: Place): string {
  const fields = fieldsOf(document, schema, "", []);
  return table(
    "Field",
    fields.map(({ name, type, required, about }) => row(name, type, required, about)),
  );
}

/** A table row with two columns, to fit a phone. */
export const row = (name: string, type: string, required: boolean, about: string) =>
  `| ${code(name)} <br>${type}${required ? "" : ", optional"} | ${about} |`;

export const table = (what: string, rows: string[]) =>
  rows.length === 0 ? "" : `| ${what} | About |\n| --- | --- |\n${rows.join("\n")}`;

interface Field {
  name: string;
  type: string;
  required: boolean;
  about: string;
}

/** The fields of a schema. `seen` are the schemas on the path to it: a recursive schema is listed once. */
function fieldsOf(document: object, schema: Place, prefix: string, seen: string[]): Field[] {
  const at = schema.pointer.join("/");
  if (seen.includes(at)) return [];
  const inside = (place: Place, path: string) => fieldsOf(document, place, path, [...seen, at]);
  const required = strings(get(schema.value, "required"));
  const fields = keysOf(schema, "properties").flatMap((name) => {
    const member = child(document, schema, "properties", name);
    const field = {
      name: `${prefix}${name}`,
      type: typeOf(document, member),
      required: required.includes(name),
      about: aboutOf(document, member, get(get(get(schema.value, "properties"), name), "description")),
    };
    return [field, ...inside(member, `${field.name}.`)];
  });
  const parts = ["oneOf", "anyOf"].flatMap((word) =>
    keysOf(schema, word).flatMap((index) => inside(child(document, schema, word, index), prefix)),
  );
  const items = get(schema.value, "items") ? inside(child(document, schema, "items"), itemsPath(prefix)) : [];
  const rest = get(schema.value, "additionalProperties");
  const others = rest ? inside(child(document, schema, "additionalProperties"), `${prefix}*.`) : [];
  return [...fields, ...parts, ...items, ...others];
}

const itemsPath = (prefix: string) => (prefix ? `${prefix.slice(0, -1)}[].` : "[].");

const keysOf = ({ value }: Place, name: string) => Object.keys(Object(get(value, name)));

export const child = (document: object, { pointer }: Place, ...names: string[]) =>
  locate(document, [...pointer, ...names]);

/** A schema's type in Markdown, for readers: `string`, `array of integer or null`. */
export function typeOf(document: object, schema: Place): string {
  const { value } = schema;
  const variants = ["oneOf", "anyOf"].flatMap((word) =>
    keysOf(schema, word).map((index) => typeOf(document, child(document, schema, word, index))),
  );
  if (variants.length > 0) return [...new Set(variants)].join(" or ");
  if (get(value, "const") !== undefined) return code(JSON.stringify(get(value, "const")));
  const closed = get(value, "enum");
  if (Array.isArray(closed)) return closed.map((known) => code(JSON.stringify(known))).join(" or ");
  const format = get(value, "format");
  const names = [get(value, "type")].flat().map((name) => {
    if (name === "array") return `array of ${typeOf(document, child(document, schema, "items"))}`;
    return text(name === "string" && format ? `string (${format})` : String(name));
  });
  return names.join(" or ");
}

/** The description of a schema, or of a reference to it, and its known values. */
export function aboutOf(document: object, schema: Place, own?: unknown): string {
  const items = child(document, schema, "items");
  const open = strings(get(schema.value, "x-extensible-enum") ?? get(items.value, "x-extensible-enum"));
  const known = open.length > 0 ? `Known so far: ${open.map(code).join(", ")}.` : "";
  return [cell(String(own ?? get(schema.value, "description") ?? "")), known].filter(Boolean).join(" <br>");
}
