import { secretMembers } from "../generated/operations.js";

/** The text that stands in place of a credential. */
export const MASK = "[redacted]";

/** Deeper than any real answer or chain of causes; cycles end here, too. */
const DEPTH = 12;

/** The texts of an error that say what failed. Others are masked: a parser's may quote the bytes it could not read. */
const TELLING = /^(name|message|stack|code|syscall|address|hostname)$/;

/** Masks credentials in what it is given. */
export interface Redactor {
  text(text: string): string;
  /** A JSON value or an error with its causes: a copy, or the thing itself if it holds no credential. */
  clean(value: unknown, depth?: number): unknown;
}

/** A redactor for webhook secrets and these keys. A key under 8 characters is not looked for: it may be anywhere. */
export function redactor(keys: readonly string[]): Redactor {
  const patterns = keys.filter((key) => key.length >= 8).map(keyPattern);
  const secret = new RegExp(`("(?:${secretMembers.join("|")})\\\\*"\\s*:\\s*\\\\*")(?:[^"\\\\]|\\\\.)+`, "gs");
  const text = (value: string) =>
    patterns.reduce((masked, pattern) => masked.replace(pattern, MASK), value.replace(secret, `$1${MASK}`));

  const clean = (value: unknown, depth = 0): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number") return text(`${value}`) === `${value}` ? value : MASK;
    if (!value || typeof value === "boolean") return value;
    const error = value instanceof Error;
    const list = Array.isArray(value);
    // An object of another class may hold a credential where no copy can reach, as a Request does.
    if (depth === DEPTH || !(error || list || Object.getPrototypeOf(value) === Object.prototype)) return MASK;
    const copy = error ? new Error() : list ? [] : {};
    // An error that shows itself in its own way may show anything.
    let dirty = error && ("toJSON" in value || Symbol.for("nodejs.util.inspect.custom") in value);
    for (const name of error ? new Set([...Reflect.ownKeys(value), "name", "message"]) : Object.keys(value)) {
      const member: unknown = Reflect.get(value, name);
      const hidden = error
        ? typeof member === "string" && !TELLING.test(String(name))
        : secretMembers.includes(String(name));
      const shown = hidden ? MASK : clean(error ? unquoted(member, value) : member, depth + 1);
      const shownName = typeof name === "string" ? text(name) : name;
      dirty ||= shown !== member || shownName !== name;
      const enumerable = Object.prototype.propertyIsEnumerable.call(value, name);
      Object.defineProperty(copy, shownName, { value: shown, enumerable, configurable: true, writable: true });
    }
    return dirty ? copy : value;
  };
  return { text, clean };
}

/** A JSON parser's message quotes what it could not read. */
const unquoted = (member: unknown, { name, message }: Error) =>
  name === "SyntaxError" && typeof member === "string"
    ? member.replaceAll(message, message.replace(/["'].*["']/s, MASK))
    : member;

/** Finds a key as it is, JSON-escaped or percent-encoded, or in any mixture of these. */
function keyPattern(key: string): RegExp {
  const characters = [...key].map((character) => {
    const code = character.charCodeAt(0).toString(16);
    return `(?:${character.replace(/\W/, "\\$&")}|(?:%|u00)${code})`;
  });
  // Backslashes before the first character are let stand: to look for them would take the square of their number.
  return new RegExp(characters.join("\\\\*"), "gi");
}
