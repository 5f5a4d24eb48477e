import type { Middleware } from "openapi-fetch";
import { findViolations, type Violation } from "./check-answer.js";
import { contentTypeOf } from "./content-type.js";
import { KonProResponseError } from "./index.js";
import { shownUrl } from "./shown-url.js";

export { hasEventType, parseUnauthenticatedEvent } from "./webhook-events.js";
export type { Violation };

/**
 * The error of an answer that breaks the contract: a {@link KonProResponseError} that says where.
 *
 * @example
 * ```ts
 * import { createKonProClient } from "konpro-client";
 * import { ContractViolationError, validateResponses } from "konpro-client/validation";
 *
 * const konpro = createKonProClient();
 * konpro.use(validateResponses());
 * try {
 *   await konpro.listWebhookEndpoints();
 * } catch (error) {
 *   if (!(error instanceof ContractViolationError)) throw error;
 *   console.error(error.violations.map(({ pointer }) => pointer));
 * }
 * ```
 */
export class ContractViolationError extends KonProResponseError {
  readonly #violations: readonly Violation[];

  constructor(
    message: string,
    init: { readonly status: number; readonly contentType: string | null; readonly violations: readonly Violation[] },
  ) {
    super(message, init);
    this.#violations = init.violations;
  }

  /** Every place where the answer breaks the contract. */
  get violations(): readonly Violation[] {
    return this.#violations;
  }
}

/**
 * Options of {@link validateResponses}.
 *
 * @example
 * ```ts
 * import type { ValidationOptions } from "konpro-client/validation";
 *
 * const options: ValidationOptions = { onViolation: (error) => console.warn(error.message) };
 * ```
 */
export interface ValidationOptions {
  /**
   * Called with the error of each answer that breaks the contract, success or not, and awaited; the answer then reaches the caller as it
   * came. An error that it throws ends the call.
   * @defaultValue throws the error of a success
   */
  onViolation?: ((error: ContractViolationError) => void | Promise<void>) | undefined;
}

/** As many violations as an error's message lists; all of them are in its `violations`. */
const LISTED = 10;

/**
 * Makes a middleware that checks each JSON answer against the contract. A success that breaks it ends the call with a
 * {@link KonProResponseError} that has a JSON pointer to each violation, and is not tried again; give `onViolation` to go on. An
 * error answer that breaks it stays the `KonProApiError` that it is, retries included.
 *
 * Members and values of open sets that the contract does not know are no violations. What the answer holds is never quoted.
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
export function validateResponses({ onViolation }: ValidationOptions = {}): Middleware {
  return {
    async onResponse({ request, schemaPath, options, response }) {
      if (options.parseAs === "stream" || !(response.ok || onViolation)) return;
      // Not JSON, or cut short: the client finds that out itself, and knows what to do.
      const body: unknown = await response
        .clone()
        .json()
        .catch(() => undefined);
      if (body === undefined) return;
      const violations = findViolations(request.method, schemaPath, response.status, body);
      if (violations.length === 0) return;
      const error = violationError(`${request.method} ${shownUrl(request.url)}`, response, violations);
      if (!onViolation) throw error;
      await onViolation(error);
    },
  };
}

function violationError(where: string, { status, headers }: Response, violations: Violation[]): ContractViolationError {
  const lines = violations.slice(0, LISTED).map(({ pointer, message }) => `${pointer || "it"} ${message}`);
  if (violations.length > LISTED) lines.push(`and ${violations.length - LISTED} more`);
  const message = `${where}: ${status}, but the answer breaks the contract: ${lines.join("; ")}. Report it to the client's maintainers; onViolation lets the call go on.`;
  return new ContractViolationError(message, { status, contentType: contentTypeOf(headers), violations });
}
