// What a `$ref` may refer to, and what may stand beside it.
import { formatPointer } from "../document.js";
import type { Context, Problem, Rule } from "./rule.js";

/** A leftover of OpenAPI 3.0. */
export const NULLABLE = 'OpenAPI 3.1 has no `nullable`: write `type: [string, "null"]`.';

export const references: Rule = () => {
  let root: Context["location"]["source"] | undefined;
  return {
    Root(_, { location }) {
      root = location.source;
    },
    ref: {
      enter({ $ref, ...beside }, { location, report, type }, { location: target }) {
        const refuse = (message: string) => report({ message, location });
        const pointer = $ref.replace(/^[^#]*/, "");
        const isInRoot = location.source === root && target?.source === root;
        if (["Responses", "SchemaProperties"].includes(type.name)) {
          refuse("OpenAPI allows no $ref here: put it one level deeper.");
        } else if (/^#[^/]/.test(pointer)) {
          refuse('Anchors are not supported: write a pointer, "#/components/schemas/NAME".');
        } else if (isInRoot && !$ref.startsWith("#")) {
          refuse(`A reference to the same file must not name it: write "${pointer || "#"}".`);
        } else if (type.name === "Operation") {
          refuse("OpenAPI allows no $ref in place of an operation: write it here, or refer to the whole path.");
        } else if ("nullable" in beside) {
          refuse('OpenAPI 3.1 has no `nullable`: write `anyOf: [{ $ref: … }, { type: "null" }]`.');
        }
      },
    },
  };
};

/** TypeScript can only name a schema that contains itself if there is an object in between. */
export function circularSchemas(schemas: object): Problem[] {
  const pointerTo = (name: string) => formatPointer(["components", "schemas", name]);
  const parts = new Map(Object.entries(schemas).map(([name, schema]) => [pointerTo(name), partsOf(schema)]));
  return Object.keys(schemas).flatMap((name) => {
    const pointer = pointerTo(name);
    const reached = new Set(parts.get(pointer));
    for (const next of reached) for (const part of parts.get(next) ?? []) reached.add(part); // grows as it is read
    if (!reached.has(pointer)) return [];
    const message = `Schema "${name}" contains itself with no object in between, so it has no type: put the inner one into a property.`;
    return { pointer, message };
  });
}

/** The references that a schema's type contains directly, with no object in between. */
function partsOf(schema: unknown): string[] {
  const { $ref, items, prefixItems, allOf, anyOf, oneOf } = Object(schema);
  const parts = [items, prefixItems, allOf, anyOf, oneOf].flat().filter((part) => part !== undefined);
  return [...(typeof $ref === "string" ? [$ref] : []), ...parts.flatMap(partsOf)];
}
