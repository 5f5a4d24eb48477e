import type { ClientOptions, Middleware, ParseAs } from "openapi-fetch";
import { keyHeader, server } from "../generated/operations.js";

/**
 * Sends a request: the built-in `fetch`, or a function with its signature.
 *
 * Both arguments are complete: `request` has the method, URL, headers including the key, body, signal and redirect mode; `init` has
 * all of these except the URL, and options that a `Request` does not keep, such as `next`, `cf` or `dispatcher`. Use either one, or
 * pass both on. `String(request)` is its URL, so both arguments can be passed unchanged to a `fetch` that has its own `Request`
 * class, such as node-fetch.
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
 * Returns the API key, or a promise of it.
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
 * What {@link CallOptions.onAttempt | onAttempt} receives after each attempt. All properties are always present, and none contains
 * the API key.
 *
 * @example
 * ```ts
 * import type { AttemptInfo } from "konpro-client";
 *
 * const line = ({ operation, number, status }: AttemptInfo) =>
 *   `${operation} #${number}: ${status ?? "no response"}`;
 * ```
 */
export interface AttemptInfo {
  /** The `operationId`, or `METHOD path` for an unknown path. */
  readonly operation: string;
  /** The number of this attempt within the call, starting at 1. */
  readonly number: number;
  /** The HTTP status; undefined if there was no response. */
  readonly status: number | undefined;
  /** The reason there was no usable response. Undefined if there was one, even with an error status. */
  readonly error: unknown;
  /** The duration of the attempt in milliseconds. */
  readonly duration: number;
  /** The wait before the next attempt in milliseconds; undefined after the last attempt. */
  readonly wait: number | undefined;
}

/**
 * Options for all calls of a client, which each call can override.
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
   * The deadline of one attempt in milliseconds, from calling the `apiKey` function to receiving the last byte of the body:
   * 1 to 2,147,483,647. For a deadline of the whole call, waits included, pass `signal: AbortSignal.timeout(ms)`.
   * @defaultValue 30000
   */
  timeout?: number | undefined;
  /**
   * The maximum number of retries after the first attempt: 0 or more. Only GET, HEAD, PUT, DELETE and OPTIONS are retried: after a
   * network failure that may be temporary, a timeout, 408, 500, 502, 503, 504, 520 to 524 or 529, and after 429 if the response has
   * `Retry-After`. If `Retry-After` is more than 60 s, the call is not retried.
   * @defaultValue 2
   */
  maxRetries?: number | undefined;
  /**
   * Called after each attempt and awaited, unless the caller's signal aborts. If it throws, the call rejects with that error.
   * @defaultValue none
   */
  onAttempt?: ((attempt: AttemptInfo) => void | Promise<void>) | undefined;
  /**
   * Used instead of the built-in `fetch`.
   * @defaultValue `globalThis.fetch`, looked up at each attempt
   */
  fetch?: Fetch | undefined;
}

/**
 * Options of {@link createKonProClient}: its own, and those of openapi-fetch's `createClient`. Any other option is passed to
 * `fetch`, since runtimes add their own options (`next`, `cf`, `dispatcher`, …). An option inherited from a prototype throws a
 * `TypeError`.
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
   * The API key, from the API Keys page of KonPro Studio, or a function that returns it. The function is called once per
   * attempt, so that a key can be rotated while the program runs.
   * @defaultValue the environment variable `KONPRO_API_KEY`
   */
  apiKey?: string | ApiKeyProvider | undefined;
  /**
   * The base URL: scheme, host and an optional path prefix. The key is sent only to its origin.
   * @defaultValue the environment variable `KONPRO_BASE_URL`, else `https://api.konpro.ai`
   */
  baseUrl?: string | undefined;
  /** Allows a client in a browser, where everyone who opens the page can read the key. */
  dangerouslyAllowBrowser?: boolean | undefined;
  /** Allows `http:` to hosts other than localhost, where anyone on the network path can read the key. */
  dangerouslyAllowHttp?: boolean | undefined;
}

/** The options of any call, untyped: ours, openapi-fetch's and the platform's. */
export interface RawInit extends CallOptions, Omit<ClientOptions, "fetch" | "signal" | "body"> {
  signal?: AbortSignal | null | undefined;
  middleware?: Middleware[];
  parseAs?: ParseAs;
  body?: unknown;
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: object };
}

/** The options of a client, checked. */
export interface Settings {
  readonly apiKey: string | ApiKeyProvider;
  /** Where the API is, without a slash at the end. */
  readonly baseUrl: string;
  /** Its scheme, host and port: the key is sent nowhere else. */
  readonly origin: string;
  /** The options that a client has for all its calls. */
  readonly init: RawInit;
}

type Rules = Record<string, readonly [wanted: string, fits: (value: unknown) => boolean, otherNames?: string]>;

const isFunction = (value: unknown) => typeof value === "function";
const isText = (value: unknown) => typeof value === "string";
const isKey = (value: unknown) => isText(value) || isFunction(value);
const isFlag = (value: unknown) => typeof value === "boolean";
const isSignal = (value: unknown) => value === null || isFunction(Object(value).addEventListener);
const isTime = (value: unknown) => typeof value === "number" && value >= 1 && value < 2 ** 31; // as setTimeout can wait
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;

/** For each option of a call: what it must be, the check for it, and its names in other clients. */
const CALL_RULES: Rules = {
  timeout: ["1 to 2147483647 ms", isTime, "timeoutms"],
  maxRetries: ["an integer from 0", isCount, "retry retries maxnetworkretries numretries"],
  fetch: ["a function", isFunction],
  onAttempt: ["a function", isFunction, "onretry"],
  signal: ["an AbortSignal", isSignal],
  apiKey: ["set in createKonProClient, not in a call", () => false],
};

const CLIENT_RULES: Rules = {
  apiKey: ["a string or a function", isKey, "key token apitoken accesstoken auth"],
  baseUrl: ["a string", isText, "url baseuri prefixurl host endpoint"],
  dangerouslyAllowBrowser: ["true or false", isFlag],
  dangerouslyAllowHttp: ["true or false", isFlag],
};

/** Fills in the defaults and refuses what could not work, before anything is sent. */
export function readOptions(options: KonProClientOptions): Settings {
  const { apiKey, baseUrl, dangerouslyAllowBrowser, dangerouslyAllowHttp, ...init } = check(options, CLIENT_RULES);
  // A browser, its workers or a simulation such as jsdom. Node, Deno, Bun and workerd have other user agents.
  if (!dangerouslyAllowBrowser && `${Object(globalThis.navigator).userAgent}`.startsWith("Mozilla/")) {
    throw new TypeError(
      "A browser (or jsdom) shows the API key to everyone: use a backend, or set dangerouslyAllowBrowser.",
    );
  }
  const key = apiKey ?? fromEnvironment("KONPRO_API_KEY");
  if (key === undefined) throw new TypeError("apiKey is missing: pass it, or set KONPRO_API_KEY.");
  const { href, origin } = readBaseUrl(baseUrl ?? fromEnvironment("KONPRO_BASE_URL") ?? server, dangerouslyAllowHttp);
  return {
    apiKey: typeof key === "string" ? readApiKey(key) : key,
    baseUrl: href.replace(/(?<!\/)\/+$/, ""),
    origin,
    init,
  };
}

/** Checks the options of a call. */
export function readCallOptions(init: RawInit): RawInit {
  const options = check(init);
  refuseKeyHeader(options.params?.header);
  return options;
}

/**
 * Copies an object's own members that are set, since a polluted prototype must not set options. Refuses what does not fit its
 * rule, other clients' names for our options, and an option that is inherited, which a copy would lose.
 */
function check<T extends { headers?: unknown }>(options: T, ofClient: Rules = {}): T {
  const example = "apiKey" in ofClient ? "apiKey" : "timeout";
  if (typeof options !== "object" || !options) throw new TypeError(`Options must be an object such as { ${example} }.`);
  const own: T = Object.create(null);
  for (const [name, value] of Object.entries(options)) if (value !== undefined) Reflect.set(own, name, value);
  for (const [name, [wanted, fits, otherNames = ""]] of Object.entries({ ...CALL_RULES, ...ofClient })) {
    const names = `${name} ${otherNames}`.toLowerCase().split(" ");
    const other = Object.keys(own).find((it) => it !== name && names.includes(it.toLowerCase().replace(/[_-]/g, "")));
    if (other) throw new TypeError(`There is no option "${other}": did you mean ${name}?`);
    const value: unknown = Reflect.get(options, name);
    if (name in own ? fits(value) : value === undefined || name in Object.prototype) continue;
    if (name in own) throw new TypeError(`${name} must be ${wanted}; it is ${shown(value)}.`);
    throw new TypeError(`${name} is inherited: set it on the object itself.`);
  }
  refuseKeyHeader(own.headers);
  return own;
}

/** A number is shown; anything else may be a credential in the wrong place. */
const shown = (value: unknown) =>
  typeof value === "number" || value === null ? `${value}` : `of type ${typeof value}`;

/** The key's header is set only from apiKey: rejects any other value, even null. */
export function refuseKeyHeader(headers: unknown): void {
  const given = Object(headers);
  const names: string[] = isFunction(given.keys) ? [...given.keys()] : Object.keys(given);
  if (!names.some((name) => name.toLowerCase() === keyHeader)) return;
  throw new TypeError(`The header ${keyHeader} is set from apiKey: leave it out.`);
}

/** Frequent mistakes: no text, quotes, `Bearer `, the text of a missing value, or characters that a header cannot have. */
const NO_KEY = /^$|[^ -~]|^["'`]|["'`]$|^bearer\b|^(undefined|null)$/i;

/** Checks that a string can be a key. fetch's own error would quote a key that is not a valid header value. */
export function readApiKey(text: string): string {
  const key = text.trim();
  if (!NO_KEY.test(key)) return key;
  throw new TypeError('apiKey (or KONPRO_API_KEY) must be the key alone: ASCII, without quotes or "Bearer".');
}

function readBaseUrl(text: string, allowsHttp?: boolean): URL {
  const url = parseUrl(text);
  const isLocal = /^(localhost|127\.[\d.]+|\[::1\])$/.test(url?.hostname ?? "");
  const allowed = isLocal || allowsHttp ? /^https?:$/ : /^https:$/;
  if (url && allowed.test(url.protocol) && !/[@?#]/.test(text)) return url;
  // What was given is not quoted: it may be a key by mistake, or hold a password.
  throw new TypeError(
    "baseUrl (or KONPRO_BASE_URL) must be an https: URL without credentials, query or fragment; http: is for localhost, or with dangerouslyAllowHttp.",
  );
}

/** `URL.parse`, which not every runtime has. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Reads an environment variable, if the runtime has and allows it; a blank one counts as unset. */
function fromEnvironment(name: string): string | undefined {
  try {
    return process.env[name]?.trim() || undefined;
  } catch {
    return undefined;
  }
}
