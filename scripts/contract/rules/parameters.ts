// Parameters: only those that openapi-fetch serialises as described, and whose names need no encoding.
import { children, locate, parametersOf } from "../document.js";
import type { Node } from "../walk.js";
import type { Finding, Rule } from "./rule.js";

const NAME = /^\w[\w.~-]*$/;
export const HEADER = /^[\w!#$%&'*+.^`|~-]+$/;
/** Headers that the client or the platform sets and callers cannot. */
export const SET_BY_OTHERS =
  /^(accept|content-type|accept-(charset|encoding)|access-control-request-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i;

const parameter: Rule = {
  of: "Parameter",
  *check(node, { document }) {
    const { in: place, name, required } = node.value;
    if (place !== "path" && place !== "query" && place !== "header") {
      yield [`A parameter in ${JSON.stringify(place)} is not supported. Write path, query or header.`, "in"];
      return;
    }
    if (place === "header") yield* headerProblems(String(name), document);
    else if (!NAME.test(String(name))) {
      yield [
        "This name would be percent-encoded. Use letters, digits, `_`, `.`, `~` and `-`, and start with a letter, a digit or `_`.",
        "name",
      ];
    } else if (String(name) in {})
      yield ["This name has a special meaning in JavaScript. Choose another name.", "name"];
    if (place === "path" && required !== true)
      yield ["Path parameters are always required. Write `required: true`.", "required"];
    yield* schemaProblems(node, place, document);
  },
};

function* headerProblems(name: string, document: object): Iterable<Finding> {
  const [[, key] = []] = children(document, locate(document, ["components"]), "securitySchemes");
  const keyHeader = String(Reflect.get(Object(key?.value), "name")).toLowerCase();
  if (!HEADER.test(name)) yield ["This is not a valid header name. Use letters, digits and `-`.", "name"];
  else if (name.toLowerCase() === keyHeader)
    yield ["The client sets this header from `apiKey`. Remove the parameter.", "name"];
  else if (SET_BY_OTHERS.test(name) || /^authorization$/i.test(name)) {
    yield ["Callers cannot set this header. Remove the parameter.", "name"];
  }
}

function* schemaProblems({ pointer }: Node, place: string, document: object): Iterable<Finding> {
  const schema = locate(document, [...pointer, "schema"]);
  const isList = Reflect.get(schema.value, "type") === "array";
  const part = isList && place === "query" ? locate(document, [...schema.pointer, "items"]).value : schema.value;
  const { type, format, maxLength } = Object(part);
  if (!["string", "number", "integer", "boolean"].includes(type)) {
    const list = place === "query" ? ", or a list of these" : "";
    yield [`This is not a primitive type. Write string, number, integer or boolean${list}.`, "schema"];
  }
  if (maxLength === 0) yield ["A value that can only be empty is useless. Remove `maxLength: 0`.", "schema"];
  if (format === "password") yield ["A secret here would be logged. Send it in the body, or as the key.", "schema"];
}

const duplicates: Rule = {
  of: "Operation",
  *check({ pointer }, { document }) {
    const [, path = "", method = ""] = pointer;
    const known = new Set<string>();
    for (const { value } of parametersOf({ document }, { path, method })) {
      const { in: place, name } = Object(value);
      const key = `${place} ${place === "header" ? name.toLowerCase() : name}`;
      if (known.has(key)) yield [`The ${place} parameter \`${name}\` is described twice. Remove one.`];
      known.add(key);
    }
  },
};

const header: Rule = {
  of: "Header",
  *check(node, { document }) {
    yield* schemaProblems(node, "header", document);
  },
};

export const parameters = [parameter, duplicates, header];
