// Which operation a request is for, and where it breaks the contract.
import { type Operations, operations } from "../generated/operations.js";
import { type Parameter, type RequestRules, requests } from "../generated/requests.js";
import type { Validate } from "../generated/validators.js";
import { contentTypeOf } from "./content-type.js";
import { escapeName, unescapeName } from "./pointer.js";

type Id = keyof Operations;

export const isOperation = (id: string): id is Id => Object.hasOwn(operations, id);

/** An operation, and the path's part for each of its path parameters, as the URL has it. */
export interface Route {
  id: Id;
  path: Readonly<Record<string, string | undefined>>;
}

/** The operations by their paths, those first whose paths say most: `/things/search` is no `/things/{id}`. */
const routes = Object.keys(operations)
  .filter(isOperation)
  .map((id) => {
    const { method, path } = operations[id];
    const literals = path.split(/\{[^}]*\}/);
    // As a URL has it; what the contract has percent-encoded already stays as it is.
    const encoded = literals.map((text) => encodeURI(text).replaceAll("%25", "%"));
    const pattern = encoded.map((text) => text.replace(/[^\w/]/g, "\\$&")).join("([^/]+)");
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

/** @throws RangeError for a request that is for no operation */
export function routeOf({ method, url }: Request): Route {
  const { pathname } = new URL(url);
  for (const route of routes) {
    const [whole, ...values] = (route.method === method && route.pattern.exec(pathname)) || [];
    if (whole === undefined) continue;
    return { id: route.id, path: Object.fromEntries(route.names.map((name, index) => [name, values[index]])) };
  }
  const known = routes.map(({ key }) => key).join(", ");
  throw new RangeError(`${method} ${url} is no operation of the contract: it has ${known}.`);
}

/**
 * Checks a request; its body can still be read afterwards.
 *
 * @throws RangeError that names each place where the request breaks the contract
 */
export async function checkRequest({ id, path }: Route, request: Request): Promise<void> {
  const { parameters, check, body }: RequestRules = requests[id];
  check?.(valuesOf(parameters, path, request));
  const problems = [...problemsFound(check, ofParameter), ...(await problemsOfBody(body, request.clone()))];
  if (problems.length === 0) return;
  const { method, path: template } = operations[id];
  const where = `${id} (${method.toUpperCase()} ${template})`;
  throw new RangeError(`${where}: the request breaks the contract: ${listed(problems)}.`);
}

/** What was sent for each parameter, as far as the URL and the headers tell: text, or lists and objects of it. */
function valuesOf(parameters: readonly Parameter[], path: Route["path"], { url, headers }: Request): object {
  const query = new URL(url).searchParams;
  const readers = {
    path: (name: string, kind?: string) => inPath(String(path[name]), kind),
    query: (name: string, kind?: string) => (kind === "object" ? membersIn(query, name) : several(query.getAll(name))),
    header: (name: string) => headers.get(name) ?? undefined,
  };
  const values: Record<Parameter[0], Record<string, unknown>> = { path: {}, query: {}, header: {} };
  for (const [place, name, kind] of parameters) {
    const value = readers[place](name, kind);
    if (value !== undefined) values[place][name] = value;
  }
  return values;
}

/** Commas that are part of a value are percent-encoded. */
function inPath(text: string, kind?: string): unknown {
  if (kind === undefined) return decodeURIComponent(text);
  const parts = text.split(",").map(decodeURIComponent);
  if (kind === "list") return parts;
  const names = parts.filter((_, index) => index % 2 === 0);
  return Object.fromEntries(names.map((name, index) => [name, parts[2 * index + 1]]));
}

/** `name[member]=value` */
function membersIn(query: URLSearchParams, name: string): object | undefined {
  const members = [...query]
    .filter(([key]) => key.startsWith(`${name}[`) && key.endsWith("]"))
    .map(([key, value]) => [key.slice(name.length + 1, -1), value]);
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

/** One value may be a list, too: the check knows. */
const several = (values: string[]) => (values.length > 1 ? values : values[0]);

/** Where a request breaks the contract, and what the contract asks for there; never what was sent instead. */
type Problem = readonly [place: string, message: string];

function listed(problems: Problem[]): string {
  const places = new Map<string, Set<string>>();
  for (const [place, message] of problems) places.set(place, (places.get(place) ?? new Set()).add(message));
  return [...places].map(([place, messages]) => `${place} ${[...messages].join(", ")}`).join("; ");
}

async function problemsOfBody(rules: RequestRules["body"], request: Request): Promise<Problem[]> {
  const text = await request.text();
  if (text === "") return rules?.isRequired ? [["the body", "is missing"]] : [];
  if (!rules) return [["the body", "is not in the contract, which describes none"]];
  const { type, check } = rules;
  const sent = contentTypeOf(request.headers)?.toLowerCase() ?? type;
  if (sent !== type) return [['header "content-type"', `must be ${type}`]];
  try {
    const value: unknown = JSON.parse(text); // before `check?.`, which parses nothing where there is no check
    check?.(value);
  } catch {
    return [["the body", "must be JSON"]];
  }
  return problemsFound(check, ofBody);
}

const problemsFound = (check: Validate | null, placeOf: (pointer: string) => string): Problem[] =>
  (check?.errors ?? []).map(({ instancePath, message, params }) => {
    const { missingProperty: missing, additionalProperty: unknown, allowedValues, allowedValue } = params;
    const member = missing ?? unknown;
    if (member !== undefined) {
      const place = placeOf(`${instancePath}/${escapeName(member)}`);
      return [place, missing === undefined ? "is not in the contract" : "is missing"];
    }
    const values = allowedValues ?? (allowedValue === undefined ? [] : [allowedValue]);
    const expected = values.map((value) => JSON.stringify(value)).join(", ");
    if (!expected) return [placeOf(instancePath), message];
    return [placeOf(instancePath), `must be ${values.length > 1 ? "one of " : ""}${expected}`];
  });

const ofBody = (pointer: string) => (pointer === "" ? "the body" : `the body at ${pointer}`);

function ofParameter(pointer: string): string {
  const [, place, name = "", ...inside] = pointer.split("/");
  const kind = place === "header" ? place : `${place} parameter`;
  const at = inside.length > 0 ? ` at /${inside.join("/")}` : "";
  return `${kind} "${unescapeName(name)}"${at}`;
}
