/** Shorter keys are not looked for: they may be part of ordinary words. */
const SHORTEST_KEY = 8;

/** The longest untrusted string that one line of a message shows, in characters. */
const LONGEST_LINE = 300;

/** The longest untrusted string in an error, such as the stack of a cause, in characters. */
const LONGEST_TEXT = 10_000;

/** Deeper than any runtime's cause chain. It also ends cycles. */
const DEEPEST_CAUSE = 8;

/**
 * Truncates an untrusted string. If it contains a key in any usual encoding, it is replaced entirely, so that truncation cannot leave
 * part of a key.
 */
export function quote(text: string, keys: readonly string[], limit = LONGEST_TEXT): string {
  const holdsKey = keys.some((key) => {
    if (key.length < SHORTEST_KEY) return false;
    // Look past the limit, so that a key that starts before it is found; one character may be encoded in up to twelve.
    const looked = text.slice(0, limit + 12 * key.length);
    return looked.includes(key) || plain(looked).includes(plain(key));
  });
  if (holdsKey) return "[left out: has the API key]";
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}

/** {@link quote} for one line of a message. */
export const quoteLine = (text: string, keys: readonly string[]) =>
  quote(
    quote(text, keys)
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
      .trim(),
    keys,
    LONGEST_LINE,
  );

/** A string in lower case, with the escapes of JSON and URLs decoded. */
const plain = (text: string) =>
  text
    .replace(/\\+u([0-9a-f]{4})|%(?:25)*([0-9a-f]{2})/gi, (_, unicode: string | undefined, percent: string) =>
      String.fromCharCode(Number.parseInt(unicode ?? percent, 16)),
    )
    .replaceAll("\\", "")
    .toLowerCase();

/**
 * A copy of an error with its name, message, code, stack and cause (the first one, if there are several). Other properties may contain
 * anything: a request with its headers, or the bytes that a parser could not read.
 */
export function copyOfCause(error: unknown, keys: readonly string[], depth = 0): unknown {
  if (typeof error === "string") return quote(error, keys);
  if (!error || typeof error !== "object" || depth >= DEEPEST_CAUSE) return undefined;
  const { name = "Error", message = "", stack = `${name}: ${message}`, code, errors } = Object(error);
  const cause = copyOfCause(Object(error).cause ?? errors?.[0], keys, depth + 1);
  const text = (value: unknown) => quote(`${value}`, keys);
  const copy = new Error(text(message), cause === undefined ? {} : { cause });
  Object.assign(copy, { name: text(name), stack: text(stack) });
  return code === undefined ? copy : Object.assign(copy, { code: typeof code === "number" ? code : text(code) });
}

/** A string, or a number as a string; undefined if it is empty or anything else. */
export const textOf = (value: unknown) =>
  (typeof value === "string" || typeof value === "number" ? `${value}`.trim() : "") || undefined;
