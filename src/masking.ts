import { secretMembers } from "../generated/operations.js";

/** The text that stands in place of a credential. */
export const MASK = "[redacted]";

/** Shorter keys are not masked: they may be part of ordinary words. */
const SHORTEST = 8;

/** The longest sentence of a server that an error shows, in characters. */
const LONGEST_SENTENCE = 300;

/** The longest text that an error shows at all: a message, or the stack of a cause. */
const LONGEST_TEXT = 10_000;

/** Keeps the keys that a call has sent out of texts. */
export class KeyMask {
  readonly #keys: Set<string>;

  constructor(...keys: string[]) {
    this.#keys = new Set(keys);
  }

  add(key: string): void {
    this.#keys.add(key);
  }

  /**
   * The text with every key masked: as it is, JSON-escaped or percent-encoded, or in a mixture of these.
   *
   * @param limit - the most that is given back, in characters; no more of the text is looked at than that takes
   */
  text(text: string, limit = LONGEST_TEXT): string {
    const keys = [...this.#keys].filter((key) => key.length >= SHORTEST);
    // A key that begins in what is shown is read to its end; each of its characters may be written in up to twelve.
    const longest = 12 * Math.max(0, ...keys.map(({ length }) => length));
    const shown = limit + longest;
    const looked = text.slice(0, shown + longest);
    const { plain, places } = readEscapes(looked);
    const hits = keys.flatMap((key) => [
      ...occurrences(looked, key), // the text before it may look like the start of an escape
      ...occurrences(plain, readEscapes(key).plain).map((range) => range.map((at) => places[at] ?? looked.length)),
    ]);
    let masked = "";
    let done = 0;
    for (const [start = 0, end = 0] of hits.sort(([a = 0], [b = 0]) => a - b)) {
      if (start >= shown) break;
      if (start >= done) masked += looked.slice(done, start) + MASK;
      done = Math.max(done, end);
    }
    masked += looked.slice(done, shown);
    return Math.max(done, shown) < text.length || masked.length > limit ? `${masked.slice(0, limit - 1)}…` : masked;
  }

  /** A text by somebody else, made fit for one line of a message. */
  line(text: string): string {
    return this.text(text, LONGEST_SENTENCE)
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
      .trim();
  }
}

/** Where each occurrence starts and ends. */
function occurrences(text: string, key: string): number[][] {
  let end = 0;
  const parts = key ? text.split(key).slice(0, -1) : [];
  return parts.map((part) => {
    const start = end + part.length;
    end = start + key.length;
    return [start, end];
  });
}

/** A text with its escapes read, without backslashes and in lower case, and the place of each character in the original. */
function readEscapes(text: string): { plain: string; places: number[] } {
  const places: number[] = [];
  let plain = "";
  for (const { 0: written, 1: unicode, 2: percent, index } of text.matchAll(WRITTEN)) {
    const code = unicode ?? percent;
    const character = code ? String.fromCharCode(Number.parseInt(code, 16)) : written;
    if (character.startsWith("\\")) continue;
    plain += character;
    places.push(index);
  }
  return { plain: plain.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()), places };
}

/** One character in any spelling: `\u0041`, `%41` or itself, any of them escaped again; or backslashes alone. */
const WRITTEN = /\\+u([0-9a-f]{4})|%(?:25)*([0-9a-f]{2})|\\+|[\s\S]/gi;

/** Whether a text contains the name of a credential of the contract, in any spelling: `Secret`, `web_hook-secret`, … */
export function namesCredential(text: string): boolean {
  // Matched without a copy, which would be slow for megabytes of text.
  return secretMembers.some((name) =>
    new RegExp([...name.replace(/[^\p{L}\p{N}]/gu, "")].join("[^\\p{L}\\p{N}]*"), "iu").test(text),
  );
}

/** What is copied of an error beside its name, message and stack. */
const TELLING = ["code", "syscall", "address", "port", "hostname"];

/** Deeper and wider than any platform's chain of causes. It also ends a circle. */
const DEPTH = 8;

/**
 * A copy of an error and its causes with the members that tell what happened, the keys masked. Others may hold anything: a
 * request with its headers, or the bytes that a parser could not read.
 */
export function copyOfCause(error: unknown, mask: KeyMask, depth = 0): unknown {
  if (typeof error === "string") return mask.text(error);
  if (!error || typeof error !== "object" || depth >= DEPTH) return undefined;
  const text = (name: string) => {
    const value = peek(error, name);
    return typeof value === "string" ? mask.text(value) : undefined;
  };
  const [name = "Error", message = "", stack = `${name}: ${message}`] = ["name", "message", "stack"].map(text);
  const cause = copyOfCause(peek(error, "cause"), mask, depth + 1);
  const options = cause === undefined ? {} : { cause };
  // A list of lists would multiply: below a list, two more levels are enough.
  const several = errorsOf(error)?.map((one) => copyOfCause(one, mask, Math.max(depth + 1, DEPTH - 2)));
  const copy = several ? new AggregateError(several, message, options) : new Error(message, options);
  for (const [member, value] of Object.entries({ name, stack })) {
    Object.defineProperty(copy, member, { value, configurable: true, writable: true });
  }
  const shown = TELLING.map((name) => [name, typeof peek(error, name) === "number" ? peek(error, name) : text(name)]);
  return Object.assign(copy, Object.fromEntries(shown.filter(([, value]) => value !== undefined)));
}

/** The errors that an AggregateError is made of: the first of them, if it has many. */
export function errorsOf(error: unknown): unknown[] | undefined {
  const errors = peek(error, "errors");
  const length = peek(errors, "length");
  if (typeof errors !== "object" || typeof length !== "number") return undefined;
  return Array.from({ length: Math.min(length, DEPTH) }, (_, index) => peek(errors, index));
}

/** What text or a number says; undefined if that is nothing. */
export const textOf = (value: unknown) =>
  (typeof value === "string" || typeof value === "number" ? `${value}`.trim() : "") || undefined;

/** A member of a foreign object, which may throw when it is read. */
export function peek(value: unknown, name: PropertyKey): unknown {
  try {
    return Object(value)[name];
  } catch {
    return undefined;
  }
}
