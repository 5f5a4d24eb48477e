// Secrets: the members that contain one, which `redactSecrets` redacts by name.
import { children, locate, type Place } from "../document.js";
import type { Reading } from "../walk.js";
import type { Rule } from "./rule.js";

/** The names of all members that contain a `format: password`. */
export function secretMembers(reading: Reading): string[] {
  const members = reading
    .nodes("Schema")
    .flatMap(({ pointer, value: { properties } }) =>
      Object.keys(Object(properties)).filter((name) =>
        containsSecret(reading.document, locate(reading.document, [...pointer, "properties", name])),
      ),
    );
  return [...new Set(members)];
}

/** Whether a schema is a secret, or contains one that is not in a named member of its own. */
function containsSecret(document: object, { pointer, value }: Place, seen = new Set<object>()): boolean {
  if (seen.has(value)) return false;
  seen.add(value);
  const inner = ["items", "additionalProperties"]
    .filter((name) => name in value)
    .map((name) => locate(document, [...pointer, name]));
  const choices = ["anyOf", "oneOf"]
    .flatMap((name) => children(document, { pointer, value }, name))
    .map(([, place]) => place);
  const places = [...inner, ...choices];
  return Reflect.get(value, "format") === "password" || places.some((place) => containsSecret(document, place, seen));
}

const nameless: Rule = {
  of: "MediaType",
  *check({ pointer }, { document }) {
    if (!containsSecret(document, locate(document, [...pointer, "schema"]))) return;
    yield ["`redactSecrets` redacts by name, and this secret has none. Put it into a named member."];
  },
};

export const secrets = [nameless];
