import type { Middleware } from "openapi-fetch";
import { findViolation } from "./check-response.js";
import { contentTypeOf } from "./content-type.js";
import { KonProResponseError } from "./index.js";
import { shownUrl } from "./shown-url.js";
import type { Violation } from "./violation.js";

export { hasEventType, parseUnauthenticatedEvent } from "./webhook-events.js";
// Named here too: under pnpm, a user's declaration file could not name a type of openapi-fetch.
export type { Middleware, Violation };

/**
 * A response does not match the contract: a {@link KonProResponseError} that says where.
 *
 * @example
 * ```ts
 * import { createKonProClient } from "konpro-client";
 * import {
 *   ContractViolationError,
 *   validateResponses,
 * } from "konpro-client/validation";
 *
 * const konpro = createKonProClient();
 * konpro.use(validateResponses());
 * try {
 *   await konpro.listWebhookEndpoints();
 * } catch (error) {
 *   if (!(error instanceof ContractViolationError)) throw error;
 *   console.error(error.violation.pointer);
 * }
 * ```
 */
export class ContractViolationError extends KonProResponseError {
  /** The first place where the response does not match the contract. */
  readonly violation: Violation;

  constructor(
    message: string,
    init: { readonly status: number; readonly contentType: string | null; readonly violation: Violation },
  ) {
    super(message, init);
    Object.defineProperty(this, "name", { value: "ContractViolationError" });
    Error.captureStackTrace?.(this, new.target); // with this name
    this.violation = init.violation;
  }
}

/**
 * Options of {@link validateResponses}.
 *
 * @example
 * ```ts
 * import type { ValidationOptions } from "konpro-client/validation";
 *
 * const options: ValidationOptions = {
 *   onViolation: (error) => console.warn(error.message),
 * };
 * ```
 */
export interface ValidationOptions {
  /**
   * Called with the error for each invalid response, including error responses, and awaited. The caller still gets the response,
   * unchanged. If the function throws, the call rejects with that error.
   * @defaultValue none: an invalid 2xx response rejects the call
   */
  onViolation?: ((error: ContractViolationError) => void | Promise<void>) | undefined;
}

/**
 * Creates middleware that checks each JSON response against the contract (`openapi.yaml`). If a 2xx response does not match, the
 * call rejects with a {@link ContractViolationError}, which has a JSON pointer to the first violation. The call is not retried. Pass
 * `onViolation` to continue instead. An invalid error response is reported as the usual `KonProApiError`, after the usual retries.
 *
 * Unknown properties and unknown values of extensible enumerations, such as an endpoint's `status`, are allowed. Values of the response
 * are never quoted. A response read with `parseAs: "stream"` is not checked, since all of it would have to be read first.
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
      const { ok, status } = response;
      // No Response can be made with a status above 599.
      if (options.parseAs === "stream" || status > 599 || !(ok || onViolation)) return;
      let bytes: ArrayBuffer;
      try {
        bytes = await response.arrayBuffer();
      } catch (error) {
        return copyOf(response, new ReadableStream({ start: (controller) => controller.error(error) }));
      }
      const body = parsed(bytes);
      // The client itself handles bodies that are not JSON or are truncated.
      const violation = body === undefined ? undefined : findViolation(request.method, schemaPath, status, body);
      if (violation) {
        const error = violationError(`${request.method} ${shownUrl(request.url)}`, response, violation);
        if (!onViolation) throw error;
        await onViolation(error);
      }
      return copyOf(response, bytes.byteLength > 0 ? bytes : null);
    },
  };
}

function parsed(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** A body can only be read once; `clone()` would buffer it twice and stalls in node-fetch. So later readers get a new response. */
function copyOf(response: Response, body: ArrayBuffer | ReadableStream | null): Response {
  const copy = new Response(body, response);
  for (const name of ["redirected", "type", "url"] as const) {
    Object.defineProperty(copy, name, { value: response[name] });
  }
  return copy;
}

function violationError(where: string, { status, headers }: Response, violation: Violation): ContractViolationError {
  const place = `${violation.pointer || "the body"} ${violation.message}`;
  const message = `${where}: ${status}, but the response breaks the contract: ${place}. Report it to the client's maintainers, or pass onViolation to continue.`;
  return new ContractViolationError(message, { status, contentType: contentTypeOf(headers), violation });
}
