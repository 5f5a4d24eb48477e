import type { ClientOptions } from "openapi-fetch";

/**
 * Puts a request on the wire: the platform's `fetch`, or a function with its signature.
 *
 * The request is whole: method, URL, headers with the key, body, signal and redirect mode. `init` repeats `redirect` and `signal`, for
 * wrappers that look only there, and adds what a `Request` cannot carry, such as `next`, `cf` or `dispatcher`.
 *
 * @example
 * ```ts
 * import { createKonProClient, type Fetch } from "konpro-client";
 *
 * const traced: Fetch = async (request, init) => {
 *   const response = await fetch(request, init);
 *   console.log(request.method, request.url, response.status);
 *   return response;
 * };
 * const konpro = createKonProClient({ fetch: traced });
 * ```
 */
export type Fetch = (request: Request, init?: RequestInit) => Response | Promise<Response>;

/**
 * Gives the API key when asked, at once or later.
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { type ApiKeyProvider, createKonProClient } from "konpro-client";
 *
 * const apiKey: ApiKeyProvider = () => readFile("/run/secrets/konpro", "utf8");
 * const konpro = createKonProClient({ apiKey });
 * ```
 */
export type ApiKeyProvider = () => string | Promise<string>;

/**
 * What {@link CallOptions.onAttempt | onAttempt} gets after one attempt. It never holds the key.
 *
 * @example
 * ```ts
 * import type { AttemptInfo } from "konpro-client";
 *
 * const line = ({ operation, number, status, duration }: AttemptInfo) =>
 *   `${operation} #${number}: ${status ?? "no answer"} after ${Math.round(duration)} ms`;
 * ```
 */
export interface AttemptInfo {
  /** The `operationId`, or `METHOD path` for a path that the contract does not have. */
  readonly operation: string;
  /** Which attempt of the call this was, from 1. */
  readonly number: number;
  /** The HTTP status, if there was an answer. */
  readonly status?: number;
  /** Why the attempt failed, if it had no answer that can be used; an error status alone is no error here. */
  readonly error?: unknown;
  /** How long the attempt took, in milliseconds. */
  readonly duration: number;
  /** The wait before the next attempt in milliseconds; absent after the last one. */
  readonly wait?: number;
}

/**
 * Options that a client has for all its calls, and that each call can set for itself.
 *
 * @example
 * ```ts
 * import { type CallOptions, createKonProClient } from "konpro-client";
 *
 * const patient: CallOptions = { timeout: 60_000, maxRetries: 5 };
 * const endpoints = await createKonProClient().listWebhookEndpoints(patient);
 * ```
 */
export interface CallOptions {
  /**
   * The deadline of one attempt in milliseconds, from asking for the key to the last byte of the body: 1 to 2,147,483,647.
   * For a deadline over all attempts and the waits between them, give `signal: AbortSignal.timeout(ms)`.
   * @defaultValue 30000
   */
  timeout?: number | undefined;
  /**
   * How many attempts may follow a failed one: 0 or more. Only GET, HEAD, PUT, DELETE and OPTIONS are tried again: after a
   * network failure, a timeout, 408, 500, 502, 503, 504, 520 to 524 or 529, and after 429 if the API says how long to wait.
   * @defaultValue 2
   */
  maxRetries?: number | undefined;
  /**
   * Called after each attempt, and awaited. An error that it throws ends the call.
   * @defaultValue none
   */
  onAttempt?: ((attempt: AttemptInfo) => void | Promise<void>) | undefined;
  /**
   * Takes the place of the platform's `fetch`.
   * @defaultValue `globalThis.fetch`, looked up at each attempt
   */
  fetch?: Fetch | undefined;
}

/**
 * Options of {@link createKonProClient}: its own, and those of openapi-fetch's `createClient`. An option that is unknown here is
 * passed on to `fetch`, since platforms have options of their own (`next`, `cf`, `dispatcher`, …).
 *
 * @example
 * ```ts
 * import { createKonProClient, type KonProClientOptions } from "konpro-client";
 *
 * const options: KonProClientOptions = { timeout: 10_000, maxRetries: 1 };
 * const konpro = createKonProClient(options);
 * ```
 */
export interface KonProClientOptions extends Omit<ClientOptions, "baseUrl" | "fetch">, CallOptions {
  /**
   * The API key, from the API Keys page of KonPro Studio, or a function that gives it. The function is asked once per
   * attempt, so that a key can be rotated while the client lives.
   * @defaultValue the environment variable `KONPRO_API_KEY`
   */
  apiKey?: string | ApiKeyProvider | undefined;
  /**
   * Where the API is: scheme, host and, if need be, a path that goes before those of the operations. The key is sent to this
   * origin alone.
   * @defaultValue the environment variable `KONPRO_BASE_URL`, else the server that the contract names
   */
  baseUrl?: string | undefined;
  /** Allows a client in a browser, where everyone who opens the page can read its key. */
  dangerouslyAllowBrowser?: boolean | undefined;
  /** Allows an `http:` address on another machine, where everyone on the way can read the key. */
  dangerouslyAllowHttp?: boolean | undefined;
}
