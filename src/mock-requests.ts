// Which operation a request is for, and where it breaks the contract.
import { type Operations, operations } from "../generated/operations.js";
import { type Parameter, type RequestRules, requests } from "../generated/requests.js";
import type { Validate } from "../generated/validators.js";

import { contentTypeOf } from "./content-type.js";
import { unescapeName } from "./pointer.js";
import { violationOf } from "./violation.js";

type Id = keyof Operations;

export const isOperation = (id: string): id is Id => Object.hasOwn(operations, id);

/** An operation, and the raw value of each path parameter. */
export interface Route {
  id: Id;
  path: Readonly<Record<string, string | undefined>>;
}

/** The operations by their paths, the most specific first: `/things/search` goes before `/things/{id}`. */
const routes = Object.keys(operations)
  .filter(isOperation)
  .map((id) => {
    const { method, path } = operations[id];
    const literals = path.split(/\{[^}]*\}/);
    const pattern = literals.map((text) => text.replace(/[^\w/]/g, "\\$&")).join("([^/]+)");
    return {
      id,
      key: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      names: [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name),
      // The base URL may have a path of its own, so only the end counts.
      pattern: new RegExp(`${pattern}$`),
      said: literals.join("").length,
    };
  })
  .sort((a, b) => b.said - a.said);

// The client takes a TypeError of `fetch` for a failure of the network. A RangeError reaches the test as it is, after one attempt.

/** @throws RangeError for a request that no operation of the contract describes */
export function routeOf({ method, url }: Request): Route {
  const { pathname } = new URL(url);
  for (const route of routes) {
    const [whole, ...values] = (route.method === method && route.pattern.exec(pathname)) || [];
    if (whole === undefined) continue;
    return { id: route.id, path: Object.fromEntries(route.names.map((name, index) => [name, values[index]])) };
  }
  const known = routes.map(({ key }) => key).join(", ");
  throw new RangeError(`${method} ${url} is not an operation of the contract, which has ${known}.`);
}

/**
 * Checks a request; its body can still be read afterwards.
 *
 * @throws RangeError that names the first place where the request breaks the contract
 */
export async function checkRequest({ id, path }: Route, request: Request): Promise<void> {
  const { parameters, check, body } = requests[id];
  const problem =
    problemOfParameters(check, valuesOf(parameters, path, request)) ?? (await problemOfBody(body, request));
  if (!problem) return;
  const { method, path: template } = operations[id];
  const where = `${id} (${method.toUpperCase()} ${template})`;
  throw new RangeError(`${where}: the request breaks the contract: ${problem}.`);
}

/** What was sent for each parameter: text or, of a query, a list of texts. */
function valuesOf(parameters: readonly Parameter[], path: Route["path"], { url, headers }: Request): object {
  const query = new URL(url).searchParams;
  const readers = {
    path: (name: string) => decodeURIComponent(String(path[name])),
    query: (name: string) => oneOrAll(query.getAll(name)),
    header: (name: string) => headers.get(name) ?? undefined,
  };
  const values: Record<Parameter[0], Record<string, unknown>> = { path: {}, query: {}, header: {} };
  for (const [place, name] of parameters) {
    const value = readers[place](name);
    if (value !== undefined) values[place][name] = value;
  }
  return values;
}

/** A list with one item looks like a plain value: the validator makes an array of it where the contract requires one. */
const oneOrAll = (values: string[]) => (values.length > 1 ? values : values[0]);

/** Where a request breaks the contract, and what the contract asks for there; never what was sent instead. */
type Problem = string | undefined;

function problemOfParameters(check: Validate | null, values: object): Problem {
  check?.(values);
  const violation = violationOf(check);
  if (!violation) return undefined;
  const [, place, name = "", ...inside] = violation.pointer.split("/");
  const kind = place === "header" ? place : `${place} parameter`;
  const at = inside.length > 0 ? ` at /${inside.join("/")}` : "";
  return `${kind} "${unescapeName(name)}"${at} ${violation.message}`;
}

async function problemOfBody(rules: RequestRules["body"], request: Request): Promise<Problem> {
  const text = await request.clone().text();
  if (text === "") return rules?.isRequired ? "the body is missing" : undefined;
  if (!rules) return "the body is not in the contract, which describes none";
  if (contentTypeOf(request.headers)?.toLowerCase() !== "application/json") {
    return 'header "content-type" must be application/json';
  }
  const { check } = rules;
  try {
    check(JSON.parse(text));
  } catch {
    return "the body must be JSON";
  }
  const violation = violationOf(check);
  return violation && `the body${violation.pointer && `: ${violation.pointer}`} ${violation.message}`;
}
