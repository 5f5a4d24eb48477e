// How to find things in a description: pointers, `$ref`, operations and what they declare.
import { BODYLESS, isSuccess } from "../../src/declared.js";
import { escapeName, unescapeName } from "../../src/pointer.js";

/** The methods an operation can have, in the order in which the client lists them. */
export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"] as const;

/** How an operation is named in messages and tables: `GET /things`. */
export const operationKey = ({ method, path }: { method: string; path: string }) => `${method.toUpperCase()} ${path}`;

/** The method of an operation: its id, or in camel case where that is no identifier: `Things.List` becomes `thingsList`. */
export function methodName(operationId: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(operationId)) return operationId;
  const words = operationId.split(/[^\w$]+/).filter((word) => word !== "");
  return words
    .map((word, index) => word.charAt(0)[index === 0 ? "toLowerCase" : "toUpperCase"]() + word.slice(1))
    .join("");
}

export const isJson = (mediaType: string) => /^[^;]*[/+]json\s*(;|$)/i.test(mediaType);

/** Whether a media type leaves open how it is read; `text/*` and the like do not. */
export const isWildcard = (mediaType: string) => /^(\*|application)\/[^;]*\*/.test(mediaType);

/** The media type that is asked for and read, where several are declared: a JSON one if there is one. */
export const preferredType = (mediaTypes: string[]) => mediaTypes.find(isJson) ?? mediaTypes[0];

/** How the body of a media type is read. */
export function readerOf(mediaType: string): "json" | "text" | "blob" {
  if (isJson(mediaType)) return "json";
  return /^text\/|^[^;]*[/+.-](xml|yaml|csv|jsonl|ndjson)\s*(;|$)/i.test(mediaType) ? "text" : "blob";
}

/** A place in a description: the names on the way to it, and what is there. */
export interface Place {
  pointer: string[];
  value: object;
}

/** What a pointer leads to, with every `$ref` followed; an empty object if there is nothing. */
export function locate(document: object, pointer: string[]): Place {
  let place: Place = { pointer: [], value: document };
  for (const name of pointer) {
    const value: object = Object(Reflect.get(place.value, name));
    const $ref: unknown = Reflect.get(value, "$ref");
    place =
      typeof $ref === "string" ? locate(document, parsePointer($ref)) : { pointer: [...place.pointer, name], value };
  }
  return place;
}

/** What a pointer leads to, as it is written: a final `$ref` is not followed. Undefined if there is nothing. */
export const lookUp = (document: object, pointer: string[]): unknown =>
  Reflect.get(locate(document, pointer.slice(0, -1)).value, pointer.at(-1) ?? "");

/** Everything listed under a name of an object, with every `$ref` followed. */
export const children = (document: object, { pointer, value }: Place, name: string): [string, Place][] =>
  Object.keys(Object(Reflect.get(value, name))).map((key) => [key, locate(document, [...pointer, name, key])]);

/** `#/a/b~1c` names a, then b/c. */
export const parsePointer = ($ref: string) =>
  $ref
    .slice(2)
    .split("/")
    .map((name) => unescapeName(decodeURIComponent(name)));

/** The reverse of {@link parsePointer}. */
export const formatPointer = (pointer: string[]) =>
  `#${pointer.map((name) => `/${encodeURIComponent(escapeName(name))}`).join("")}`;

/** The parameters of an operation, those of its path included. */
export function parametersOf({ document }: { document: object }, { path, method }: { path: string; method: string }) {
  const owners = [locate(document, ["paths", path]), locate(document, ["paths", path, method])];
  const places = owners.flatMap((owner) => children(document, owner, "parameters")).map(([, place]) => place);
  const nameOf = ({ value }: Place) => `${Reflect.get(value, "in")} ${Reflect.get(value, "name")}`;
  return [...new Map(places.map((place) => [nameOf(place), place])).values()];
}

/** The examples of a parameter or a body, by name; a single one is called "example". */
export function examplesOf(document: object, place: Place): { name: string; summary: string; value: unknown }[] {
  if ("example" in place.value) return [{ name: "example", summary: "", value: place.value.example }];
  return children(document, place, "examples").map(([name, { value }]) => {
    return { name, summary: String(Reflect.get(value, "summary") ?? ""), value: Reflect.get(value, "value") };
  });
}

/** One response that an operation declares. */
export interface DeclaredResponse {
  /** A status, a range such as `4XX`, or `default`. */
  status: string;
  /** Names of its headers. */
  headers: string[];
  /** The media type of its body, preferably a JSON one; undefined for a response without a body. */
  mediaType: string | undefined;
  /** Where that body is described. */
  media: Place;
}

/** All responses of an operation: the statuses in ascending order, then the ranges and `default`. */
export function responsesOf(
  { document }: { document: object },
  { path, method }: { path: string; method: string },
): DeclaredResponse[] {
  return children(document, locate(document, ["paths", path, method]), "responses").map(([status, response]) => {
    // HTTP sends no body with these, whatever is declared.
    const types = BODYLESS.includes(Number(status)) ? [] : Object.keys(Object(Reflect.get(response.value, "content")));
    const mediaType = preferredType(types);
    return {
      status,
      headers: Object.keys(Object(Reflect.get(response.value, "headers"))),
      mediaType,
      media: locate(document, [...response.pointer, "content", mediaType ?? ""]),
    };
  });
}

/** The body of a request: its media type, whether it may be left out, and where it is described. */
export function bodyOf(
  { document }: { document: object },
  { path, method }: { path: string; method: string },
): { type: string; isRequired: boolean; media: Place } | undefined {
  const body = locate(document, ["paths", path, method, "requestBody"]);
  const [[type, media] = []] = children(document, body, "content");
  return type === undefined || !media
    ? undefined
    : { type, isRequired: Reflect.get(body.value, "required") === true, media };
}

/** What the API posts to its user's server: each webhook with JSON, and where its schema is. */
export function eventsOf({ document }: { document: object }): { name: string; schema: string[] }[] {
  return Object.keys(Object(Reflect.get(document, "webhooks"))).flatMap((name) =>
    METHODS.flatMap((method) => {
      const content = locate(document, ["webhooks", name, method, "requestBody", "content"]);
      const mediaType = Object.keys(content.value).find(isJson);
      return mediaType === undefined ? [] : [{ name, schema: [...content.pointer, mediaType, "schema"] }];
    }),
  );
}

/** The responses that count as a success: `default` only where no other one does. */
export function successesOf(responses: DeclaredResponse[]): DeclaredResponse[] {
  const declared = Object.fromEntries(responses.map(({ status }) => [status, true]));
  return responses.filter(({ status }) => isSuccess(declared, status));
}
