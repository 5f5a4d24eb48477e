import type { Middleware } from "openapi-fetch";
import { KonProResponseError } from "./index.js";
import { findViolations, type Violation } from "./violations.js";

export type { Violation };

/**
 * The error of an answer that breaks the contract: a {@link KonProResponseError} that says where.
 *
 * @example
 * ```ts
 * import type { ContractViolationError } from "konpro-client/validation";
 *
 * const places = (error: ContractViolationError) => error.violations.map(({ pointer }) => pointer);
 * ```
 */
export interface ContractViolationError extends KonProResponseError {
  /** Every place where the answer breaks the contract. */
  readonly violations: readonly Violation[];
}

/**
 * Options of {@link validateResponses}.
 *
 * @example
 * ```ts
 * import type { ValidationOptions } from "konpro-client/validation";
 *
 * // A success has to keep the contract; of an error answer it is enough to know.
 * const options: ValidationOptions = {
 *   onViolation(error) {
 *     if (error.status < 400) throw error;
 *     console.warn(error.message);
 *   },
 * };
 * ```
 */
export interface ValidationOptions {
  /**
   * Is told of an answer that breaks the contract, and waited for; the answer then reaches the caller as it came. What this
   * function throws ends the call instead.
   * @defaultValue throws the error
   */
  onViolation?: ((error: ContractViolationError) => void | Promise<void>) | undefined;
}

/** As many violations as an error's message lists; all of them are in its `violations`. */
const LISTED = 10;

/**
 * Makes a middleware that checks each JSON answer, success or error, against the contract. An answer that breaks it ends the call with
 * a {@link KonProResponseError} that has a JSON pointer to each violation, and is not tried again; give `onViolation` to go on.
 *
 * Members and values of open sets that the contract does not know are no violations. What stands in an answer is never quoted.
 * An answer read with `parseAs: "stream"` is not checked, since that would mean to wait for all of it.
 *
 * @example
 * ```ts
 * import { createKonProClient } from "konpro-client";
 * import { validateResponses } from "konpro-client/validation";
 *
 * const konpro = createKonProClient({ apiKey: "my-key" });
 * konpro.use(validateResponses());
 * ```
 */
export function validateResponses({ onViolation = raise }: ValidationOptions = {}): Middleware {
  return {
    async onResponse({ request, schemaPath, options, response }) {
      if (options.parseAs === "stream") return;
      // No JSON, or cut short: the client finds that out itself, and knows what to do.
      const body: unknown = await response
        .clone()
        .json()
        .catch(() => undefined);
      if (body === undefined) return;
      const violations = findViolations(request.method, schemaPath, response.status, body);
      if (violations.length > 0)
        await onViolation(violationError(`${request.method} ${schemaPath}`, response, violations));
    },
  };
}

function violationError(where: string, { status, headers }: Response, violations: Violation[]): ContractViolationError {
  const lines = violations.slice(0, LISTED).map(({ pointer, message }) => `${pointer || "it"} ${message}`);
  if (violations.length > LISTED) lines.push(`and ${violations.length - LISTED} more`);
  const message = `${where}: ${status}, but the answer breaks the contract: ${lines.join("; ")}.`;
  // Without its parameters, as a server may put anything there.
  const contentType = headers.get("content-type")?.split(";", 1)[0] ?? null;
  return Object.assign(new KonProResponseError(message, { status, contentType }), { violations });
}

function raise(error: ContractViolationError): never {
  throw error;
}
