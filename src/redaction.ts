import { secretMembers } from "../generated/operations.js";

/** Masks credentials in copies of what it is given; what holds none is given back as it is. */
export interface Redactor {
  text(text: string): string;
  /** A JSON value, to any depth. */
  json(value: unknown): unknown;
  /** An error with the errors that caused it. */
  cause(error: unknown): unknown;
}

/** The text that stands in place of a credential. */
export const MASK = "[redacted]";

/** Deeper than any real answer or chain of causes; it is also where cycles end. */
const DEPTH = 12;

/** Members of platform errors whose texts say what failed; another text may quote bytes of the answer. */
const TELLING = ["name", "message", "stack", "code", "syscall", "address", "hostname"];

/** A redactor for these keys, and for webhook secrets. Keys under 8 characters are not looked for: they are everywhere. */
export function redactor(keys: readonly string[]): Redactor {
  const patterns = keys.filter((key) => key.length >= 8).map(keyPattern);

  const text = (value: string) =>
    patterns
      .reduce((masked, pattern) => masked.replace(pattern, MASK), value)
      .replace(SECRET_IN_TEXT, (_, before: string) => before + MASK);

  const json = (value: unknown, depth = 0): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number") return text(String(value)) === String(value) ? value : MASK;
    if (typeof value !== "object" || value === null) return typeof value === "function" ? MASK : value;
    if (depth === DEPTH) return MASK;
    if (Array.isArray(value)) return value.map((item) => json(item, depth + 1));
    // An object of a class may hold a credential where no copy can reach, as a Request does.
    if (Object.getPrototypeOf(value) !== Object.prototype) return MASK;
    const entries = Object.entries(value).map(([name, item]) => [
      text(name),
      secretMembers.includes(name) ? MASK : json(item, depth + 1),
    ]);
    return Object.fromEntries(entries);
  };

  const cause = (error: unknown, depth = 0): unknown => {
    if (!(error instanceof Error)) return json(error);
    if (depth === DEPTH) return MASK;
    // A parser quotes what it could not read.
    const quoteless = (value: string) =>
      error.name === "SyntaxError"
        ? value.replaceAll(error.message, error.message.replace(/["'].*["']/s, MASK))
        : value;

    const clean = (name: string | symbol, value: unknown): unknown => {
      if (name === "cause") return cause(value, depth + 1);
      if (name === "errors" && Array.isArray(value)) return value.map((item) => cause(item, depth + 1));
      if (typeof value === "string") return TELLING.includes(String(name)) ? text(quoteless(value)) : MASK;
      return typeof value === "object" && value !== null ? MASK : json(value);
    };

    const names = new Set([...Reflect.ownKeys(error), "name", "message"]);
    const members = [...names].map((name) => [name, Reflect.get(error, name)] as const);
    const cleaned = members.map(([name, value]) => [name, clean(name, value)] as const);
    if (cleaned.every(([, value], index) => same(value, members[index]?.[1]))) return error;
    const copy = new Error();
    for (const [name, value] of cleaned) {
      const enumerable = Object.prototype.propertyIsEnumerable.call(error, name);
      Object.defineProperty(copy, name, { value, enumerable, configurable: true, writable: true });
    }
    return copy;
  };

  return { text, json, cause };
}

/** `"secret": "…"` in a text, JSON-escaped or not. */
const SECRET_IN_TEXT = new RegExp(`("(?:${secretMembers.join("|")})\\\\*"\\s*:\\s*\\\\*")[^"\\\\]+`, "g");

/** Finds a key as it is, JSON-escaped or percent-encoded, or any mixture of these. */
function keyPattern(key: string): RegExp {
  const characters = [...key].map((character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, "0");
    return `(?:\\\\*${/\w/.test(character) ? character : `\\${character}`}|(?:%|\\\\+u00)${code})`;
  });
  return new RegExp(characters.join(""), "gi");
}

function same(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) ? a.every((item, index) => item === b[index]) : Object.is(a, b);
}
