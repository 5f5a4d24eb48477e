// Rewrites what openapi-typescript reads differently from JSON Schema, so that both read the same.
import { isSuccess } from "../../src/declared.js";
import { formatPointer, locate, parsePointer, preferredType, readerOf } from "../contract/document.js";
import { walk } from "../contract/walk.js";

/** A copy of a description for openapi-typescript. */
export function adapted(document: object): object {
  const copy: object = JSON.parse(JSON.stringify(document));
  nameInnerSchemas(copy);
  walk(copy, withoutBooleans);
  walk(copy, withKeywordsBesideReferences);
  walk(copy, (node) => describeMembers(copy, node));
  keepOwnValues(copy);
  walk(copy, withBothSides);
  walk(copy, (node) => withWhatIsRead(copy, node));
  return copy;
}

/** Where a schema is that has no name. */
const INNER = /^#\/(components\/schemas\/[^/]+\/|.*\/schema(\/|$))/;

/** A type can only refer to a schema with a name, so schemas inside others get one. */
function nameInnerSchemas(document: object): void {
  const names = new Map<string, string>();
  const all = namedSchemas(document);
  for (let before = -1; before < names.size; ) {
    before = names.size;
    walk(document, (node) => {
      const $ref: unknown = Reflect.get(node, "$ref");
      if (typeof $ref !== "string" || !INNER.test($ref)) return;
      if (!names.has($ref)) {
        let name = parsePointer($ref)
          .slice($ref.startsWith("#/components/schemas/") ? 2 : 0)
          .join(".");
        name = name.replace(/[^\w.-]/g, "_");
        while (name in all) name += "_";
        names.set($ref, name);
        all[name] = JSON.parse(JSON.stringify(locate(document, parsePointer($ref)).value));
      }
      Reflect.set(node, "$ref", formatPointer(["components", "schemas", names.get($ref) ?? ""]));
    });
  }
  // openapi-typescript would make members of them.
  walk(document, (node) => Reflect.deleteProperty(node, "$defs"));
}

/** The schemas by their names; more can be added. */
export function namedSchemas(document: object): Record<string, object> {
  const components: { schemas?: Record<string, object> } = Object(Reflect.get(document, "components"));
  components.schemas ??= {};
  Reflect.set(document, "components", components);
  return components.schemas;
}

/** Replaces `true` and `false` among the parts of a schema. */
function withoutBooleans(node: object): void {
  for (const name of ["allOf", "anyOf", "oneOf", "prefixItems"]) {
    const parts: unknown = Reflect.get(node, name);
    if (!Array.isArray(parts)) continue;
    const written = parts.map((part) => (part === true ? {} : part === false ? { enum: [] } : part));
    Reflect.set(node, name, written);
  }
}

const TYPED = [
  ...["type", "enum", "const", "properties", "additionalProperties", "patternProperties", "required"],
  ...["items", "prefixItems", "allOf", "anyOf", "oneOf", "x-extensible-enum"],
];

/** JSON Schema obeys keywords beside a `$ref`; openapi-typescript ignores them. */
function withKeywordsBesideReferences(node: object): void {
  const { $ref, ...rest } = Object(node);
  const isSchema = TYPED.some((name) => name in rest && !(name === "required" && typeof rest.required === "boolean"));
  if (typeof $ref !== "string" || !isSchema) return;
  Reflect.deleteProperty(node, "$ref");
  Reflect.set(node, "allOf", [{ $ref }, ...(rest.allOf ?? [])]);
}

/** A member whose schema has a name shows that schema's description, unless it has one itself. */
function describeMembers(document: object, node: object): void {
  for (const member of Object.values<unknown>(Object(Reflect.get(node, "properties")))) {
    const { $ref, description } = Object(member);
    if (typeof $ref === "string" && description === undefined) {
      Object.assign(Object(member), { description: Object(resolved(document, member)).description });
    }
  }
}

/** Members beside `anyOf` belong to each of its choices; openapi-typescript would take them for one more choice. */
function withBothSides(node: object): void {
  const { anyOf, properties, allOf = [] } = Object(node);
  if (!Array.isArray(anyOf) || !(properties || allOf.length > 0)) return;
  Reflect.deleteProperty(node, "anyOf");
  Reflect.set(node, "allOf", [...allOf, { anyOf }]);
}

/** If the members of a discriminator declare their own values, those are the types; openapi-typescript would invent others. */
function keepOwnValues(document: object): void {
  const extensions = (base: object) =>
    Object.values(namedSchemas(document)).filter((schema) =>
      [Object(schema).allOf ?? []].flat().some((part) => resolved(document, part) === base),
    );
  walk(document, (node) => {
    const { discriminator, oneOf = [], anyOf = [] } = Object(node);
    const name: unknown = discriminator?.propertyName;
    if (typeof name !== "string") return;
    const members = [...oneOf, ...anyOf, ...extensions(node)];
    if (members.some((member) => hasOwnValue(document, member, name, new Set([node])))) {
      Reflect.deleteProperty(node, "discriminator");
    }
  });
}

export const resolved = (document: object, schema: unknown): object => {
  const { $ref } = Object(schema);
  return typeof $ref === "string" ? locate(document, parsePointer($ref)).value : Object(schema);
};

function hasOwnValue(document: object, schema: unknown, name: string, seen: Set<object>): boolean {
  const target = resolved(document, schema);
  if (seen.has(target)) return false;
  seen.add(target);
  const { properties, allOf = [] } = Object(target);
  const member = resolved(document, Object.hasOwn(Object(properties), name) ? properties[name] : {});
  const { const: only, enum: values } = Object(member);
  if (only !== undefined || values?.length === 1) return true;
  return allOf.some((part: unknown) => hasOwnValue(document, part, name, seen));
}

/** Marks the schema of a body that is read as a `Blob`. */
export const BLOB = "x-blob";

/** Leaves each body the one media type that the client asks for. Other than JSON, it is text or a `Blob`. */
function withWhatIsRead(document: object, node: object): void {
  const declared: object = Object(Reflect.get(node, "responses"));
  for (const [status, reference] of Object.entries(declared)) {
    const response: { content?: Record<string, { schema?: object }> } = resolved(document, reference);
    const type = preferredType(Object.keys(response.content ?? {}));
    if (type === undefined) continue;
    const media = response.content?.[type] ?? {};
    const isBlob = readerOf(type) === "blob" && (isSuccess(declared, status) || BLOB in Object(media.schema));
    if (readerOf(type) !== "json") media.schema = { type: "string", ...(isBlob && { [BLOB]: true }) };
    response.content = { [type]: media };
  }
}
