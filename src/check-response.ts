import { type Validate, validators } from "../generated/validators.js";
import { responseKey } from "./declared.js";
import { type Violation, violationOf } from "./violation.js";

/** Checks by `METHOD path`, then by status, range or `default`; null where the contract describes no JSON. */
export type Checks = Readonly<Record<string, Readonly<Record<string, Validate | null>>>>;

/**
 * The first place where a response breaks the contract.
 *
 * @param body - the parsed JSON; undefined for a body that is not JSON
 * @param checks - those of the contract that the client was generated from, or of another one
 */
export function findViolation(
  method: string,
  path: string,
  status: number,
  body: unknown,
  checks: Checks = validators,
): Violation | undefined {
  const responses = checks[`${method} ${path}`];
  if (!responses) return undefined;
  const key = responseKey(responses, status);
  if (key === undefined) return { pointer: "", message: `has status ${status}, which is not in the contract` };
  const check = responses[key];
  if (!check) return undefined;
  if (body === undefined) return { pointer: "", message: "must be JSON" };
  check(body);
  return violationOf(check);
}
