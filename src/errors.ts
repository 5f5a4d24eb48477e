import type { ErrorCode } from "../generated/operations.js";

/** The classes below recognise their errors by this, across copies of the package and across realms. */
const KINDS = /* @__PURE__ */ Symbol.for("konpro-client.error");

/**
 * The base of every error of this client; thrown itself when an `apiKey` function fails.
 *
 * When an error is logged, inspected or serialised, it shows its name, message and stack, its cause, and those of these fields
 * that it has: `status`, `code`, `requestId`, `retryAfter`, `attempts`, `timeout`, `contentType`. None of them holds the API key.
 * `structuredClone` keeps the message, stack and cause alone, as for any error of a class that the platform does not know.
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
    Error.captureStackTrace?.(this, new.target); // with the name; elsewhere, a stack does not hold it
  }

  /** What `JSON.stringify` shows: name, message and the fields. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this);
  }

  /** Whether a value is an error of this class, made by this copy of the package or by another. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: each class that inherits this method asks for itself
    return isErrorOf(this, value);
  }
}

/**
 * What a {@link KonProApiError} is made of.
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
 * The message may have a sentence of the server's, which may quote what you sent, except for the key. `details`, `body` and
 * `headers` are what the server sent and may hold anything: no logger or serialiser shows them. An inspector does if it is told to
 * call getters of prototypes: `console.dir(error, { showHidden: true, getters: true })`.
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
  /** The API's name for the error, such as `INVALID_API_KEY`. An open set. */
  declare readonly code: ErrorCode | undefined;
  /** The API's name for the request, to quote to the vendor's support. */
  declare readonly requestId: string | undefined;
  /** The wait that the API asks for in `Retry-After`, in seconds. */
  declare readonly retryAfter: number | undefined;
  /** How many attempts were made. */
  declare readonly attempts: number;
  readonly #response: KonProApiErrorInit;

  constructor(message: string, init: KonProApiErrorInit) {
    super(message);
    const { details, body, headers, ...fields } = init;
    setFields(this, { attempts: 1, ...fields });
    this.#response = init;
  }

  /** What the API says about the error besides its message, as it came. It may repeat what you sent. */
  get details(): unknown {
    return this.#response.details;
  }
  /** The body of the response as it came: parsed if it is JSON, else text. */
  get body(): unknown {
    return this.#response.body;
  }
  /** The headers of the response. */
  get headers(): Headers | undefined {
    return this.#response.headers;
  }
}

/**
 * There was no complete response: the network failed, the response broke off, or it was a redirect, which is refused, since it
 * would take the key along. The `cause` is a copy of the platform's error.
 *
 * @example
 * ```ts
 * import { createKonProClient, KonProConnectionError } from "konpro-client";
 *
 * try {
 *   await createKonProClient().listWebhookEndpoints();
 * } catch (error) {
 *   if (!(error instanceof KonProConnectionError)) throw error;
 *   console.error(`no response in ${error.attempts} attempts`, error.cause);
 * }
 * ```
 */
export class KonProConnectionError extends KonProError {
  /** How many attempts were made. */
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
 * The API sent a 2xx response, but not what the contract promises: the body is missing or is not JSON, or, with
 * `konpro-client/validation`, does not fit its schema.
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
  /** The media type of the response without its parameters, or null if it has none that can be read. */
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
  // For a user's subclass, instanceof means what it always does.
  return kind ? Object(value)[KINDS]?.includes(kind) === true : isInherited(type.prototype, value);
}

/** A field without a value is left out, so that logs do not show it. */
function setFields(error: object, fields: object): void {
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) Reflect.set(error, name, value);
}
