import { inspect } from "node:util";
import { expect } from "vitest";

/** A value of the member `secret`, which the contract of test/support/things.yaml marks as a credential. */
export const SECRET = "whsec_fake_0000";

/** All that a log could show of a value. */
function shown(value: unknown): string {
  const { message, stack, cause } = Object(value);
  const deep = { showHidden: true, depth: Infinity, getters: true, maxStringLength: null, maxArrayLength: null };
  return [`${message}`, `${stack}`, JSON.stringify(value), inspect(value, deep), cause ? shown(cause) : ""].join("\n");
}

/** The middle of key and secret, however they are written: what stands beside them does not matter then. */
const LEAK = new RegExp(
  [..."key-0000", "|", ...SECRET]
    .map((c) => (c === "|" ? c : `(?:${c}|(?:%|\\\\+u00)${c.charCodeAt(0).toString(16)})`))
    .join(""),
  "i",
);

/** Neither the key of the tests nor the secret can be seen in a value. */
export function expectClean(value: unknown) {
  expect(shown(value)).not.toMatch(LEAK);
}
