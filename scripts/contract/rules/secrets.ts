// Secrets: which members hold one, so that `redactSecrets` can hide them by name.
import { children, locate, type Place } from "../document.js";
import type { Reading } from "../understand.js";
import type { Rule } from "./rule.js";

/** The names of all members that hold a `format: password`. */
export function secretMembers(reading: Reading): string[] {
  const members = reading
    .nodes("Schema")
    .flatMap(({ pointer, value: { properties } }) =>
      Object.keys(Object(properties)).filter((name) =>
        holdsSecret(reading.document, locate(reading.document, [...pointer, "properties", name])),
      ),
    );
  return [...new Set(members)];
}

/** Whether a value is a secret, or has one in it that is under no other name of a member. */
function holdsSecret(document: object, { pointer, value }: Place, seen = new Set<object>()): boolean {
  if (seen.has(value)) return false;
  seen.add(value);
  const inner = ["items", "additionalProperties"]
    .filter((name) => name in value)
    .map((name) => locate(document, [...pointer, name]));
  const choices = ["anyOf", "oneOf"]
    .flatMap((name) => children(document, { pointer, value }, name))
    .map(([, place]) => place);
  const places = [...inner, ...choices];
  return Reflect.get(value, "format") === "password" || places.some((place) => holdsSecret(document, place, seen));
}

const nameless: Rule = {
  of: "MediaType",
  *check({ pointer }, { document }) {
    if (!holdsSecret(document, locate(document, [...pointer, "schema"]))) return;
    yield { pointer, message: "A secret here has no name by which it could be hidden. Put it into a member." };
  },
};

export const secrets = [nameless];
