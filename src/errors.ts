import type { ErrorCode } from "../generated/operations.js";

/** The classes below recognise their errors by this, across copies of the package and across realms. */
const KINDS = /* @__PURE__ */ Symbol.for("konpro-client.error");

/**
 * The base class of this client's errors. It is also thrown directly: if an `apiKey` function fails, and by
 * `parseUnauthenticatedEvent` if a body is not an event.
 *
 * A logged or inspected error shows its name, message, stack and cause, and those of these fields that are set: `status`, `code`,
 * `requestId`, `retryAfter`, `attempts`, `timeout`, `contentType`, `violation`. `JSON.stringify` shows the name, message and fields
 * only. None of them contains the API key. `structuredClone` keeps only the message, stack and cause.
 *
 * @example
 * ```ts
 * import { createKonProClient, KonProError } from "konpro-client";
 *
 * try {
 *   await createKonProClient().listWebhookEndpoints();
 * } catch (error) {
 *   if (!(error instanceof KonProError)) throw error;
 *   console.error(error.message);
 * }
 * ```
 */
export class KonProError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    const kinds = ownKinds()
      .filter(([, { prototype }]) => isInherited(prototype, this))
      .map(([kind]) => kind);
    Object.defineProperties(this, {
      name: { value: kinds[0], configurable: true, writable: true },
      [KINDS]: { value: kinds },
    });
    Error.captureStackTrace?.(this, new.target); // so that the stack starts with the name; other engines do not include it
  }

  /** What `JSON.stringify` shows: the name, message and fields, but neither the stack nor the cause. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this);
  }

  /** Whether a value is an error of this class, from this copy of the package or from another one. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: `this` is the class on the right of instanceof
    return isErrorOf(this, value);
  }
}

/**
 * Constructor options of {@link KonProApiError}.
 *
 * @example
 * ```ts
 * import { KonProApiError, type KonProApiErrorInit } from "konpro-client";
 *
 * // For a test of your own error handling.
 * const init: KonProApiErrorInit = { status: 429, retryAfter: 7 };
 * const error = new KonProApiError("Slow down.", init);
 * ```
 */
export interface KonProApiErrorInit {
  readonly status: number;
  readonly code?: ErrorCode | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly attempts?: number | undefined;
  readonly details?: unknown;
  readonly body?: unknown;
  readonly headers?: Headers | undefined;
}

/**
 * The API responded with an error status. The vendor documents 400, 401, 403, 404, 429, 500 and 503:
 * {@link https://docs.konpro.ai/api/error-responses}.
 *
 * The message may include the server's error message, which may quote parts of your request, but not the API key. `details`, `body`
 * and `headers` come from the server and may contain sensitive data. They are getters of the prototype, so they are not logged by
 * default; `console.dir(error, { showHidden: true, getters: true })` shows them.
 *
 * @example
 * ```ts
 * import { createKonProClient, KonProApiError } from "konpro-client";
 *
 * try {
 *   await createKonProClient().listWebhookEndpoints();
 * } catch (error) {
 *   if (!(error instanceof KonProApiError)) throw error;
 *   console.error(error.status, error.code, error.requestId);
 * }
 * ```
 */
export class KonProApiError extends KonProError {
  /** The HTTP status. */
  declare readonly status: number;
  /** The API's error code, such as `INVALID_API_KEY`. The API may add values. */
  declare readonly code: ErrorCode | undefined;
  /** The request ID, to quote to the vendor's support. */
  declare readonly requestId: string | undefined;
  /** The wait in the `Retry-After` header, in seconds. */
  declare readonly retryAfter: number | undefined;
  /** The number of attempts made. */
  declare readonly attempts: number;
  readonly #response: KonProApiErrorInit;

  constructor(message: string, init: KonProApiErrorInit) {
    super(message);
    const { details, body, headers, ...fields } = init;
    setFields(this, { attempts: 1, ...fields });
    this.#response = init;
  }

  /** Further error details from the response, unmodified. They may quote your request. */
  get details(): unknown {
    return this.#response.details;
  }
  /** The body of the response: parsed if it is JSON, otherwise a string. */
  get body(): unknown {
    return this.#response.body;
  }
  /** The headers of the response. */
  get headers(): Headers | undefined {
    return this.#response.headers;
  }
}

/**
 * There was no complete response: the network failed, the connection closed during the response, or the server responded with a
 * redirect, which is not followed because that would forward the key. Also thrown for a request to another origin, which is not sent.
 * `cause` is a copy of the runtime's error, if there was one.
 *
 * @example
 * ```ts
 * import { createKonProClient, KonProConnectionError } from "konpro-client";
 *
 * try {
 *   await createKonProClient().listWebhookEndpoints();
 * } catch (error) {
 *   if (!(error instanceof KonProConnectionError)) throw error;
 *   console.error(error.message, error.attempts);
 * }
 * ```
 */
export class KonProConnectionError extends KonProError {
  /** The number of attempts made. */
  declare readonly attempts: number;

  constructor(message: string, init: { readonly attempts: number; readonly cause?: unknown }) {
    super(message, init);
    setFields(this, { attempts: init.attempts });
  }
}

/**
 * The last attempt had no complete response within `timeout`. It is also a {@link KonProConnectionError}.
 *
 * @example
 * ```ts
 * import { createKonProClient, KonProTimeoutError } from "konpro-client";
 *
 * try {
 *   await createKonProClient({ timeout: 5_000 }).listWebhookEndpoints();
 * } catch (error) {
 *   if (!(error instanceof KonProTimeoutError)) throw error;
 *   console.error(`${error.attempts} attempts of ${error.timeout} ms`);
 * }
 * ```
 */
export class KonProTimeoutError extends KonProConnectionError {
  /** The deadline of one attempt, in milliseconds. */
  declare readonly timeout: number;

  constructor(message: string, init: { readonly attempts: number; readonly timeout: number }) {
    super(message, init);
    setFields(this, { timeout: init.timeout });
  }
}

/**
 * The API sent a 2xx response whose body is missing or is not JSON or, with `konpro-client/validation`, does not match its schema.
 *
 * @example
 * ```ts
 * import { createKonProClient, KonProResponseError } from "konpro-client";
 *
 * try {
 *   await createKonProClient().listWebhookEndpoints();
 * } catch (error) {
 *   if (!(error instanceof KonProResponseError)) throw error;
 *   console.error(error.status, error.contentType);
 * }
 * ```
 */
export class KonProResponseError extends KonProError {
  /** The HTTP status. */
  declare readonly status: number;
  /** The media type of the response without its parameters, or null if the response has none. */
  declare readonly contentType: string | null;

  constructor(message: string, init: { readonly status: number; readonly contentType: string | null }) {
    super(message);
    setFields(this, { status: init.status, contentType: init.contentType });
  }
}

/** The classes with their names, which a minifier may shorten; derived classes come first. */
const ownKinds = () =>
  Object.entries<{ readonly prototype: object }>({
    KonProTimeoutError,
    KonProConnectionError,
    KonProApiError,
    KonProResponseError,
    KonProError,
  });

const isInherited = (prototype: object, value: unknown) =>
  Object.prototype.isPrototypeOf.call(prototype, Object(value));

function isErrorOf(type: { readonly prototype: object }, value: unknown): boolean {
  const [kind] = ownKinds().find(([, own]) => own === type) ?? [];
  // For a user's subclass, instanceof works as usual.
  return kind ? Object(value)[KINDS]?.includes(kind) === true : isInherited(type.prototype, value);
}

/** A field without a value is left out, so that logs do not show it. */
function setFields(error: object, fields: object): void {
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) Reflect.set(error, name, value);
}
