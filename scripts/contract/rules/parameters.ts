// What a call can send in its path, query and headers: what openapi-fetch writes as it is declared.
import {
  type Context,
  type Found,
  follow,
  type Location,
  operationsOf,
  type Parameter,
  type PathItem,
  pathsOf,
  type Rule,
  refuseWith,
} from "./rule.js";

export const parameters: Rule = () => ({
  Root(root, context) {
    const refuse = refuseWith(context);
    const [scheme] = Object.values(root.components?.securitySchemes ?? {});
    const keyHeader = scheme && context.resolve(scheme).node?.name?.toLowerCase();
    const check = (list: PathItem["parameters"] = [], owner: Location) => {
      for (const [index, parameter] of list.entries()) {
        const found = follow(parameter, owner.child(["parameters", index]), context);
        if (!found) continue;
        if (found.value.in === "header" && found.value.name?.toLowerCase() === keyHeader) {
          refuse(found.at, "The client sets the key's header by itself: remove the parameter.");
        }
        const { member, message } = problemOf(found, context) ?? {};
        if (message) refuse(member ? found.at.child(member) : found.at, message);
      }
    };
    for (const path of pathsOf(root, context)) {
      check(path.item.parameters, path.at);
      for (const { operation, at } of operationsOf(path)) check(operation.parameters, at);
    }
  },
});

/** The styles that openapi-fetch writes, the default one first. */
const STYLES: Record<string, string[]> = { query: ["form", "deepObject"], path: ["simple"], header: ["simple"] };

/** Why a parameter would not be sent as it is declared, and which member declares that. */
function problemOf(
  { value, at }: Found<Parameter>,
  context: Context,
): { member?: string; message: string } | undefined {
  const { in: place = "", content, schema, allowReserved } = value;
  const [usual = "", ...others] = STYLES[place] ?? [];
  const { style = usual, explode = style === "form" } = value;
  if (place === "cookie") return { message: "Cookie parameters are not supported: send a header instead." };
  if (content) return { member: "content", message: "`content` of a parameter is not supported: give it a `schema`." };
  if (![usual, ...others].includes(style)) {
    return { member: "style", message: `Style "${style}" in a ${place} is not supported: use "${usual}".` };
  }
  if (allowReserved) {
    const message = "`allowReserved` is not supported, as reserved characters are always encoded: remove it.";
    return { member: "allowReserved", message };
  }
  if (!schema || !follow(schema, at.child("schema"), context)) return undefined; // Redocly's own rules say so
  const kinds = kindsOf(schema, at.child("schema"), context);
  return styleProblem(place, style, explode, kinds) ?? valueProblem(schema, at, context);
}

function styleProblem(place: string, style: string, explode: boolean, kinds: string[]) {
  const [hasList, hasObject] = [kinds.includes("array"), kinds.includes("object")];
  if (kinds.length === 0) {
    return { member: "schema", message: "Give the schema a `type`: how the parameter is written depends on it." };
  }
  if (place === "header" && (hasList || hasObject)) {
    return { member: "schema", message: "A list or an object in a header is not supported: declare a string." };
  }
  if (style === "form" && hasObject) {
    return { message: "An object in the query is sent as `name[member]=value`: declare `style: deepObject`." };
  }
  if (style === "deepObject" && kinds.some((kind) => kind !== "object")) {
    return { member: "style", message: 'Style "deepObject" is for objects alone: use "form".' };
  }
  if (style === "form" && hasList && !explode) {
    return { member: "explode", message: "A list in the query is sent as `name=a&name=b`: remove `explode: false`." };
  }
  if (place === "path" && hasObject && explode) {
    return { member: "explode", message: "An object in a path is sent as `a,1,b,2`: remove `explode: true`." };
  }
  return undefined;
}

/** Only plain values can stand in lists and objects. */
function valueProblem(schema: object, at: Location, context: Context) {
  for (const part of partsOf(schema, at.child("schema"), context)) {
    const { items, properties, additionalProperties } = Object(part.value);
    const inner: [(string | number)[], unknown][] = [
      [["items"], items],
      [["additionalProperties"], additionalProperties],
      ...Object.entries(Object(properties)).map(([name, value]): [string[], unknown] => [["properties", name], value]),
    ];
    for (const [names, value] of inner) {
      if (typeof value !== "object" || value === null) continue;
      const kinds = kindsOf(value, part.at.child(names), context);
      if (!kinds.includes("array") && !kinds.includes("object")) continue;
      const message = "Lists and objects inside a parameter are not supported: declare text, numbers or booleans.";
      return { member: "schema", message };
    }
  }
  return undefined;
}

/** A schema and those that it is composed of, with every `$ref` followed. */
function partsOf(schema: object, at: Location, context: Context, seen = new Set<object>()): Found<object>[] {
  const found = follow(schema, at, context);
  if (!found || seen.has(found.value)) return [];
  seen.add(found.value);
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((name) => {
    const list: unknown = Reflect.get(found.value, name);
    return Array.isArray(list)
      ? list.flatMap((part: unknown, index) => partsOf(Object(part), found.at.child([name, index]), context, seen))
      : [];
  });
  return [found, ...parts];
}

/** The types that a schema allows, without null, which is never sent; empty if it does not say. */
function kindsOf(schema: object, at: Location, context: Context): string[] {
  const kinds = partsOf(schema, at, context).flatMap(({ value }): unknown[] => {
    const {
      type,
      const: only,
      enum: values = only === undefined ? [] : [only],
      "x-extensible-enum": known,
    } = Object(value);
    return type === undefined ? (known ?? values).map(kindOf) : [type].flat();
  });
  return kinds.filter((kind) => kind !== "null").map(String);
}

const kindOf = (value: unknown) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);
