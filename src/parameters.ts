// Code that only some contracts need: the generated constants let bundlers drop it.
import type { ClientOptions } from "openapi-fetch";
import type { RawInit } from "./options.js";

type PathSerializer = NonNullable<ClientOptions["pathSerializer"]>;

/**
 * Checks that the serialised path has the same segments as its template. A value such as `..` would name another resource, and
 * encoding cannot help: a URL takes `%2e%2e` for `..` as well.
 */
export function withPathGuard(init: RawInit, usual: PathSerializer): RawInit {
  const { params, pathSerializer: serialize = usual } = init;
  const pathSerializer: PathSerializer = (template, values) => {
    const path = serialize(template, values);
    const [wanted, got] = [segmentsOf(template), segmentsOf(path)];
    const isKept = (segment: string, index: number) =>
      !segment.includes("{") || !["", ".", "..", segment, undefined].includes(got[index]);
    if (got.length === wanted.length && wanted.every(isKept)) return path;
    const names = template.match(/(?<=\{)[^{}]+/g)?.join(", ");
    const problem =
      'must fill its segment: it cannot be empty, "." or "..", or hold an unencoded "/", "\\", "?" or "#"';
    throw new TypeError(`${template.replace(/^\w+:\/\/[^/]*/, "")}: each path parameter (${names}) ${problem}.`);
  };
  return { ...init, params: { path: {}, ...params }, pathSerializer };
}

/** As a URL parser sees them: it drops control characters and spaces at the end, and takes `\\` for `/`. */
const segmentsOf = (path: string) =>
  path
    .replace(/[\0-\x20]/g, "")
    .replace(/%2e/gi, ".")
    .split(/[/\\?#]/);

/**
 * Converts query values to what openapi-fetch can serialise: a Date becomes an ISO string.
 *
 * @throws TypeError for null or undefined in a list, which has no form in a URL, and for an invalid date
 */
export function withWritableQuery(init: RawInit): RawInit {
  const { params, querySerializer } = init;
  if (!params?.query || typeof querySerializer === "function") return init;
  const written = Object.entries(params.query).map(([name, value]) => {
    if (!Array.isArray(value)) return [name, writable(name, value)];
    if (!value.some((item) => item === undefined || item === null)) {
      return [name, value.map((item) => writable(name, item))];
    }
    throw new TypeError(`Query parameter ${name} has a list with null or undefined: leave these out.`);
  });
  return { ...init, params: { ...params, query: Object.fromEntries(written) } };
}

function writable(name: string, value: unknown): unknown {
  const date = Object(value);
  if (typeof date.toISOString !== "function") return value; // each realm has a Date of its own
  if (Number.isNaN(Number(value))) throw new TypeError(`Query parameter ${name} is an invalid date.`);
  return date.toISOString();
}
