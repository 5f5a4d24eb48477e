import { type Validate, validators } from "../generated/validators.js";
import { responseKey } from "./declared.js";
import { escapeName } from "./pointer.js";

/**
 * One place where an answer breaks the contract.
 *
 * @example
 * ```ts
 * import type { Violation } from "konpro-client/validation";
 *
 * const line = ({ pointer, message }: Violation) => `${pointer || "the answer"} ${message}`;
 * ```
 */
export interface Violation {
  /** Where in the body: a JSON pointer, which is empty for the whole of it. */
  readonly pointer: string;
  /** What the contract asks for there. Never quotes what came instead. */
  readonly message: string;
}

/** Checks by `METHOD path`, then by status, range or `default`; null where the contract describes no JSON. */
export type Checks = Readonly<Record<string, Readonly<Record<string, Validate | null>>>>;

/**
 * Everything in an answer that breaks the contract.
 *
 * @param body - the JSON, parsed; undefined for an answer that is none
 * @param checks - those of the contract that the client was generated from, or of another one
 */
export function findViolations(
  method: string,
  path: string,
  status: number,
  body: unknown,
  checks: Checks = validators,
): Violation[] {
  const responses = checks[`${method} ${path}`];
  if (!responses) return [];
  const key = responseKey(responses, status);
  if (key === undefined) return [{ pointer: "", message: `has status ${status}, which is not in the contract` }];
  const validate = responses[key];
  if (!validate) return [];
  if (body === undefined) return [{ pointer: "", message: "must be JSON" }];
  validate(body);
  return violationsOf(validate);
}

/** What a check found. */
export function violationsOf(check: Validate | undefined): Violation[] {
  return (check?.errors ?? []).map(({ instancePath, message, params: { missingProperty } }) =>
    missingProperty === undefined
      ? { pointer: instancePath, message }
      : { pointer: `${instancePath}/${escapeName(missingProperty)}`, message: "is missing" },
  );
}
