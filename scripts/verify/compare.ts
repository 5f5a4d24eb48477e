// Finds where a response breaks the contract, and what the contract does not mention. Collects names and places, never values.

import { type Checks, findViolation } from "../../src/check-response.js";
import { responseKey } from "../../src/declared.js";
import { escapeName } from "../../src/pointer.js";
import type { Violation } from "../../src/violation.js";
import { children, locate, lookUp, type Place, responsesOf } from "../contract/document.js";
import type { Contract, ContractOperation } from "../contract/read.js";
import type { Received } from "./call.js";

export interface Comparison {
  violations: Violation[];
  /** Members and headers that the contract does not mention: not violations. In a pointer, `*` stands for any item of a list. */
  undocumented: { members: string[]; headers: string[] };
}

/** Standard HTTP headers, which are not reported. */
const TRANSPORT = [
  ...["connection", "content-encoding", "content-length", "content-type", "date"],
  ...["keep-alive", "trailer", "transfer-encoding", "upgrade", "via"],
];

/** @param checks - the validators of the same contract */
export function compare(
  contract: Contract,
  checks: Checks,
  operation: ContractOperation,
  { status, headers, text }: Received,
): Comparison {
  const body = parse(text);
  if (isTooDeep(body)) return { violations: [TOO_DEEP], undocumented: { members: [], headers: [] } };
  const violation = findViolation(operation.method.toUpperCase(), operation.path, status, body, checks);
  const violations = violation ? [violation] : [];
  const responses = responsesOf(contract, operation);
  const key = responseKey(Object.fromEntries(responses.map((response) => [response.status, true])), status);
  const declared = responses.find((response) => response.status === key);
  if (declared?.mediaType && !isJson(headers.get("content-type") ?? "")) {
    violations.push({ pointer: "", message: `must have the content type ${declared.mediaType}` });
  }
  const schema = declared ? [[...declared.media.pointer, "schema"]] : [];
  const known = [...TRANSPORT, ...(declared?.headers ?? []).map((name) => name.toLowerCase())];
  return {
    violations,
    undocumented: {
      members: [...new Set(unknownMembers(contract.document, schema, body))],
      headers: [...headers.keys()].filter((name) => !known.includes(name)),
    },
  };
}

/** Maximum nesting depth: far more than any contract has, and shallow enough for recursive checks. */
const DEEPEST = 500;
const TOO_DEEP: Violation = { pointer: "", message: `is more than ${DEEPEST} levels deep` };

function isTooDeep(body: unknown): boolean {
  let level = [body].filter(isObject);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((value) => Object.values(Object(value))).filter(isObject);
  }
  return false;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members at any depth that no schema at these pointers lists. An object schema that lists none allows any. */
function unknownMembers(document: object, pointers: string[][], value: unknown, at = ""): string[] {
  const schemas = pointers.flatMap((pointer) => combined(document, pointer));
  /** The places at this path below the schemas. */
  const under = (...path: string[]) =>
    schemas.map(({ pointer }) => [...pointer, ...path]).filter((pointer) => isObject(lookUp(document, pointer)));

  if (Array.isArray(value)) {
    return value.flatMap((item) => unknownMembers(document, under("items"), item, `${at}/*`));
  }
  const rest = under("additionalProperties");
  if (!isObject(value) || under("properties").length + rest.length === 0) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const place = `${at}/${escapeName(name)}`;
    const known = under("properties", name);
    if (known.length === 0 && rest.length === 0) return [place];
    return unknownMembers(document, known.length > 0 ? known : rest, member, place);
  });
}

const isJson = (contentType: string) => /^[^;]*[/+]json\s*(;|$)/i.test(contentType);

const isObject = (value: unknown) => typeof value === "object" && value !== null;

/** A schema and the variants of its union, with every `$ref` followed. */
function combined(document: object, pointer: string[]): Place[] {
  const place = locate(document, pointer);
  const parts = ["anyOf", "oneOf"].flatMap((word) => children(document, place, word));
  return [place, ...parts.flatMap(([, part]) => combined(document, part.pointer))];
}
