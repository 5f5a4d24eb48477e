import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "vitest";

setFlagsFromString("--expose-gc");
export const collectGarbage: () => void = runInNewContext("gc");

/** A value of the member `secret`, which the contract of test/support/things.yaml marks as a credential. */
export const SECRET = "whsec_fake_0000";

/** Everything that a log could show of a value. */
function shown(value: unknown): string {
  const { message, stack, cause } = Object(value);
  const deep = { showHidden: true, depth: Infinity, maxStringLength: null, maxArrayLength: null };
  return [`${message}`, `${stack}`, JSON.stringify(value), inspect(value, deep), cause ? shown(cause) : ""].join("\n");
}

/** The middle part of the key and the secret, in any escaping. */
const LEAK = new RegExp(
  [..."key-0000", "|", ...SECRET]
    .map((c) => (c === "|" ? c : `(?:${c}|(?:%|\\\\+u00)${c.charCodeAt(0).toString(16)})`))
    .join(""),
  "i",
);

/** Fails if a value shows the key of the tests or the secret. */
export function expectClean(value: unknown) {
  expect(shown(value)).not.toMatch(LEAK);
}
