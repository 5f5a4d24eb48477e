// Navigation in a contract: pointers, `$ref`, operations and what they declare.
import { escapeName } from "../../src/pointer.js";

/** The methods of operations, in the client's order. */
export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"] as const;

/** The name of an operation in messages and tables: `GET /things`. */
export const operationKey = ({ method, path }: { method: string; path: string }) => `${method.toUpperCase()} ${path}`;

/** A place in a description, and its value. */
export interface Place {
  pointer: string[];
  value: object;
}

/** The object at a pointer, with every `$ref` followed; empty if there is none. */
export function locate(document: object, pointer: string[]): Place {
  let place: Place = { pointer: [], value: document };
  for (const name of pointer) {
    const value: object = Object(Reflect.get(place.value, name));
    const $ref: unknown = Reflect.get(value, "$ref");
    place =
      typeof $ref === "string"
        ? locate(document, $ref.slice(2).split("/"))
        : { pointer: [...place.pointer, name], value };
  }
  return place;
}

/** The value at a pointer, without following a final `$ref`; undefined if there is none. */
export const lookUp = (document: object, pointer: string[]): unknown =>
  Reflect.get(locate(document, pointer.slice(0, -1)).value, pointer.at(-1) ?? "");

/** The members of a member of an object, with every `$ref` followed. */
export const children = (document: object, { pointer, value }: Place, name: string): [string, Place][] =>
  Object.keys(Object(Reflect.get(value, name))).map((key) => [key, locate(document, [...pointer, name, key])]);

/** A pointer as a URI fragment. */
export const formatPointer = (pointer: string[]) =>
  `#${pointer.map((name) => `/${encodeURIComponent(escapeName(name))}`).join("")}`;

type Described = { document: object };
type Route = { path: string; method: string };

/** The parameters of an operation, those of its path included. */
export const parametersOf = ({ document }: Described, { path, method }: Route): Place[] =>
  [[path], [path, method]]
    .flatMap((owner) => children(document, locate(document, ["paths", ...owner]), "parameters"))
    .map(([, place]) => place);

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
  /** The media type of its body; undefined for a response without a body. */
  mediaType: string | undefined;
  /** Where that body is described. */
  media: Place;
}

/** All responses of an operation: the statuses in ascending order, then the ranges and `default`. */
export const responsesOf = ({ document }: Described, { path, method }: Route): DeclaredResponse[] =>
  children(document, locate(document, ["paths", path, method]), "responses").map(([status, { pointer, value }]) => {
    const [mediaType] = Object.keys(Object(Reflect.get(value, "content")));
    const headers = Object.keys(Object(Reflect.get(value, "headers")));
    return { status, headers, mediaType, media: locate(document, [...pointer, "content", mediaType ?? ""]) };
  });

/** The body of a request: its media type, whether it is required, and where it is described. */
export function bodyOf({ document }: Described, { path, method }: Route) {
  const body = locate(document, ["paths", path, method, "requestBody"]);
  const [[type, media] = []] = children(document, body, "content");
  return type && media ? { type, isRequired: Reflect.get(body.value, "required") === true, media } : undefined;
}

/** The events that the API posts: the name of each webhook, and the pointer to its schema. */
export const eventsOf = ({ document }: Described): { name: string; schema: string[] }[] =>
  Object.keys(Object(Reflect.get(document, "webhooks"))).map((name) => {
    const body = locate(document, ["webhooks", name, "post", "requestBody"]);
    return { name, schema: [...body.pointer, "content", "application/json", "schema"] };
  });
