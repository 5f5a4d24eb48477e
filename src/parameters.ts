import type { ClientOptions } from "openapi-fetch";

type PathSerializer = NonNullable<ClientOptions["pathSerializer"]>;

/**
 * A path serializer whose result is checked: the path keeps its template's segments. A value such as `..` would name another
 * resource, and encoding cannot help: a URL takes `%2e%2e` for `..` as well.
 */
export function keepingSegments(serialize: PathSerializer): PathSerializer {
  return (template, values) => {
    const path = serialize(template, values);
    const wanted = segmentsOf(template);
    const got = segmentsOf(path);
    const misplaced = wanted.filter((segment, index) => /\{.*\}/.test(segment) && !fits(got[index], segment));
    const names = (got.length === wanted.length ? misplaced : wanted).flatMap(
      (segment) => segment.match(/(?<=\{[.;]?)[^{}.;*][^{}*]*/g) ?? [],
    );
    if (got.length === wanted.length && misplaced.length === 0) return path;
    throw new TypeError(
      `${template.replace(/^\w+:\/\/[^/]*/, "")}: path parameter ${names.join(", ")} must be a value that fills its place in the path: not missing, empty, "." or "..", and without a raw "/", "\\", "?" or "#".`,
    );
  };
}

/** As a URL parser sees them: it drops control characters and spaces at the end, and takes `\\` for `/`. */
const segmentsOf = (path: string) =>
  path
    .replace(/[\0-\x20]/g, "")
    .replace(/%2e/gi, ".")
    .split(/[/\\?#]/);

const fits = (segment: string | undefined, template: string) =>
  segment !== undefined && segment !== template && !["", ".", ".."].includes(segment);

/**
 * Makes query values what openapi-fetch can write: a Date becomes ISO text, an empty object or list is left out.
 *
 * @throws TypeError for null or undefined in a list, which has no form in a URL
 */
export function writableQuery(query: Record<string, unknown>): Record<string, unknown> {
  const written = Object.entries(query).map(([name, value]) => [name, writable(name, value)] as const);
  return Object.fromEntries(written.filter(([, value]) => value !== undefined));
}

function writable(name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value ?? undefined;
  if (isDate(value)) return isoText(name, value);
  if (Array.isArray(value)) {
    if (value.some((item) => item === undefined || item === null)) {
      throw new TypeError(`Query parameter ${name} has a list with null or undefined: leave these out.`);
    }
    return value.length > 0 ? value.map((item) => (isDate(item) ? isoText(name, item) : item)) : undefined;
  }
  const members = writableQuery(Object.fromEntries(Object.entries(value)));
  return Object.keys(members).length > 0 ? members : undefined;
}

interface DateLike {
  toISOString(): string;
}

/** By its method: each realm has a class of its own. */
const isDate = (value: unknown): value is DateLike => typeof Object(value).toISOString === "function";

function isoText(name: string, date: DateLike): string {
  try {
    return date.toISOString();
  } catch {
    throw new TypeError(`Query parameter ${name} is an invalid date.`);
  }
}
