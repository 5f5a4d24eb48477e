import type { Validate, ValidateError } from "../generated/validators.js";
import { escapeName } from "./pointer.js";

/**
 * A place where a response does not match the contract.
 *
 * @example
 * ```ts
 * import type { Violation } from "konpro-client/validation";
 *
 * const line = ({ pointer, message }: Violation) =>
 *   `${pointer || "the body"} ${message}`;
 * ```
 */
export interface Violation {
  /** A JSON pointer to the invalid value; empty for the whole body. */
  readonly pointer: string;
  /** What the schema requires. Never contains the actual value. */
  readonly message: string;
}

/** Errors that only say that a variant of a union, or all of them, did not match. */
const SUMMARIES = ["const", "not", "anyOf", "oneOf"];

/**
 * The result of a validator. It stops at the first error, but reports one for each variant of a union; the deepest one belongs to the
 * intended variant.
 */
export function violationOf(check: Validate | null | undefined): Violation | undefined {
  const found = (check?.errors ?? []).map((error) => ({
    ...describe(error),
    isSummary: SUMMARIES.includes(error.keyword),
  }));
  const depth = ({ pointer }: Violation) => pointer.split("/").length;
  const [first] = found.sort((a, b) => depth(b) - depth(a) || Number(a.isSummary) - Number(b.isSummary));
  if (!first) return undefined;
  const { pointer, isSummary } = first;
  const same = found.filter((other) => other.pointer === pointer && other.isSummary === isSummary);
  return { pointer, message: [...new Set(same.map(({ message }) => message))].join(" or ") };
}

function describe({ instancePath, message, params }: ValidateError): Violation {
  const { missingProperty: missing, additionalProperty: unknown, allowedValues, allowedValue } = params;
  const member = missing ?? unknown;
  if (member !== undefined) {
    const pointer = `${instancePath}/${escapeName(member)}`;
    return { pointer, message: missing === undefined ? "is not in the contract" : "is missing" };
  }
  const values = allowedValues ?? (allowedValue === undefined ? [] : [allowedValue]);
  if (values.length === 0) return { pointer: instancePath, message };
  const expected = values.map((value) => JSON.stringify(value)).join(", ");
  return { pointer: instancePath, message: `must be ${values.length > 1 ? "one of " : ""}${expected}` };
}
