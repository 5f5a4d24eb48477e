// Reads the parameters back from a request, as OpenAPI 3.1 and RFC 6570 define them.
import type { Operation, Parameter } from "./contracts.js";

type Sent = Record<Parameter["in"], Map<string, string[]>>;

/** The strings that a value is serialised to: none for null and an empty list. */
export const textsOf = (value: unknown): string[] =>
  [value ?? []].flat().map((item) => (typeof item === "string" ? item : JSON.stringify(item)));

/** The strings of each sent parameter: `simple` in the path and in headers, `form` with `explode` in the query. */
export function readBack({ path, parameters }: Operation, server: string, { url, headers }: Request): Sent {
  const [, whole = "", query = ""] = /^([^?#]*)(?:\?([^#]*))?$/.exec(url) ?? [];
  const literal = (text: string) => encodeURI(text).replace(/[^\w/%~]/g, "\\$&");
  const template = (server + path)
    .split(/\{[^}]+\}/)
    .map(literal)
    .join("([^/]*)");
  const [, ...segments] = new RegExp(`^${template}$`).exec(whole) ?? [undefined, `the path of ${url}`];
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
  const pairs = query.split("&").flatMap((pair) => (pair === "" ? [] : [pair.split("=").map(decode)]));
  const allOf = (wanted: string) => pairs.filter(([name]) => name === wanted).map(([, value = ""]) => value);
  const known = parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
  const other = pairs.find(([name = ""]) => !known.includes(name));
  if (other) throw new Error(`A query parameter that was not given: ${other}`);
  const sentHeaders = parameters.filter((parameter) => parameter.in === "header" && headers.has(parameter.name));
  return {
    path: new Map(names.map((name, index) => [name, [decode(segments[index] ?? "")]])),
    query: new Map(known.map((name) => [name, allOf(name)])),
    header: new Map(sentHeaders.map(({ name }) => [name, [headers.get(name) ?? ""]])),
  };
}

/** Reserved characters and spaces must be encoded: "+" and others would be ambiguous. */
function decode(text: string): string {
  if (!/^(?:[\w.~!'()*-]|%[0-9A-Fa-f]{2})*$/.test(text)) throw new Error(`Not encoded: ${text}`);
  return decodeURIComponent(text);
}

/** All meanings of a parameter's strings: numbers and booleans look like strings on the wire. */
export function meaningsOf(texts: string[], isList: boolean): unknown[] {
  const isOther = (text: string) => /^(true|false|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/.test(text);
  const read = texts.map((text) => (isOther(text) ? JSON.parse(text) : text));
  return isList || texts.length > 1 ? [read, texts] : [...read, ...texts];
}
