// How the contract describes an operation's answers, references followed.
import { escapeName } from "../src/pointer.js";
import type { Contract, ContractOperation } from "./contract.js";

/** A place in the contract, by the names on the way to it, and what stands there. */
export interface Place {
  pointer: string[];
  value: object;
}

/** One response that the contract declares. */
export interface DeclaredResponse {
  /** A status, a range such as `4XX`, or `default`. */
  status: string;
  /** Names of its headers. */
  headers: string[];
  /** The media type of its body, the JSON one if there are several; undefined for a response without a body. */
  mediaType: string | undefined;
  /** Where that body is described. */
  media: Place;
}

/** All responses of an operation: the statuses in order, then the ranges and `default`. */
export function responsesOf({ document }: Contract, { path, method }: ContractOperation): DeclaredResponse[] {
  const responses = locate(document, ["paths", path, method, "responses"]);
  return Object.keys(responses.value)
    .filter((status) => !status.startsWith("x-"))
    .map((status) => {
      const { pointer, value } = locate(document, [...responses.pointer, status]);
      const types = Object.keys(Object(Reflect.get(value, "content")));
      const mediaType = types.find(isJson) ?? types[0];
      return {
        status,
        headers: Object.keys(Object(Reflect.get(value, "headers"))),
        mediaType,
        media: locate(document, [...pointer, "content", mediaType ?? ""]),
      };
    });
}

export const isJson = (mediaType: string) => /^[^;]*[/+]json\s*(;|$)/i.test(mediaType);

/** What stands at a pointer, its references followed; an empty object where nothing does. */
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

/** What stands at a pointer as it is, references not followed; undefined where nothing does. */
export const lookUp = (document: object, pointer: string[]): unknown =>
  Reflect.get(locate(document, pointer.slice(0, -1)).value, pointer.at(-1) ?? "");

/** `#/a/b~1c` names a, then b/c. */
const parsePointer = ($ref: string) =>
  $ref
    .slice(2)
    .split("/")
    .map((name) => unescapeName(decodeURIComponent(name)));

export const unescapeName = (name: string) => name.replaceAll("~1", "/").replaceAll("~0", "~");

/** The reverse: as a reference is written. */
export const formatPointer = (pointer: string[]) =>
  `#${pointer.map((name) => `/${encodeURIComponent(escapeName(name))}`).join("")}`;
