import { secretMembers } from "../generated/operations.js";

/** Masks credentials in copies of what it is given; an error that holds none is given back as it is. */
export interface Redactor {
  text(text: string): string;
  /** A JSON value; objects of a class, which may hold a credential out of reach, are masked whole. */
  json(value: unknown, depth?: number): unknown;
  /** An error, with what caused it. */
  cause(error: unknown, depth?: number): unknown;
}

/** The text that stands in place of a credential. */
export const MASK = "[redacted]";

/** Deeper than any real answer or chain of causes; cycles end here, too. */
const DEPTH = 12;

/** The texts of an error that say what failed. Others are masked: a parser's may quote the bytes it could not read. */
const TELLING: PropertyKey[] = ["name", "message", "stack", "code", "syscall", "address", "hostname"];

/** A redactor for webhook secrets and these keys. A key under 8 characters is not looked for: it may be anywhere. */
export function redactor(keys: readonly string[]): Redactor {
  const patterns = keys.filter((key) => key.length >= 8).map(keyPattern);
  const secret = new RegExp(`("(?:${secretMembers.join("|")})\\\\*"\\s*:\\s*\\\\*")[^"\\\\]+`, "g");

  const text = (value: string) =>
    patterns.reduce((masked, pattern) => masked.replace(pattern, MASK), value.replace(secret, `$1${MASK}`));

  const json = (value: unknown, depth = 0): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number") return text(`${value}`) === `${value}` ? value : MASK;
    if (!value || typeof value === "boolean") return value;
    if (depth < DEPTH && Array.isArray(value)) return value.map((item) => json(item, depth + 1));
    if (depth === DEPTH || Object.getPrototypeOf(value) !== Object.prototype) return MASK;
    const members = Object.entries(value).map(([name, member]) => [
      text(name),
      secretMembers.includes(name) ? MASK : json(member, depth + 1),
    ]);
    return Object.fromEntries(members);
  };

  const cause = (error: unknown, depth = 0): unknown => {
    if (depth === DEPTH || !(error instanceof Error)) return json(error);
    const copy = new Error();
    let clean = true;
    for (const name of new Set([...Reflect.ownKeys(error), "name", "message"])) {
      const value: unknown = Reflect.get(error, name);
      let shown = value;
      if (typeof value === "string") shown = TELLING.includes(name) ? text(unquoted(value, error)) : MASK;
      else if (name === "errors" && Array.isArray(value)) shown = value.map((item) => cause(item, depth + 1));
      else if (typeof value === "object" || typeof value === "function") shown = cause(value, depth + 1);
      clean &&=
        Array.isArray(shown) && Array.isArray(value) ? shown.every((item, i) => item === value[i]) : shown === value;
      const { enumerable = false } = Object.getOwnPropertyDescriptor(error, name) ?? {};
      Object.defineProperty(copy, name, { value: shown, enumerable, configurable: true, writable: true });
    }
    return clean ? error : copy;
  };

  return { text, json, cause };
}

/** A JSON parser's message quotes what it could not read. */
const unquoted = (value: string, { name, message }: Error) =>
  name === "SyntaxError" ? value.replaceAll(message, message.replace(/["'].*["']/s, MASK)) : value;

/** Finds a key as it is, JSON-escaped or percent-encoded, or in any mixture of these. */
function keyPattern(key: string): RegExp {
  const characters = [...key].map((character) => {
    const code = character.charCodeAt(0).toString(16);
    return `(?:\\\\*${character.replace(/\W/, "\\$&")}|(?:%|\\\\+u00)${code})`;
  });
  return new RegExp(characters.join(""), "gi");
}
