import type { ClientOptions } from "openapi-fetch";
import { keyHeader, server } from "../generated/operations.js";

/** What puts a call on the wire: the platform's `fetch`, or one with its signature. */
export type Fetch = (request: Request, init?: RequestInit) => Promise<Response>;

/** Gives the API key when asked, at once or later. */
export type ApiKeyProvider = () => string | Promise<string>;

/** Options that hold for all calls of a client and can be set for one call too. */
export interface CallOptions {
  /**
   * The deadline of one attempt in milliseconds, from asking for the key to the last byte of the body: 1 to 2,147,483,647.
   * For a deadline over all attempts, give `signal: AbortSignal.timeout(ms)`.
   * @defaultValue 30000
   */
  timeout?: number | undefined;
  /**
   * How many more attempts may follow a failed one: 0 or more. Only GET, HEAD, PUT, DELETE and OPTIONS are tried again, after a
   * network failure, a timeout, 408, 500, 502, 503 or 504, and after 429 if the API says how long to wait.
   * @defaultValue 2
   */
  maxRetries?: number | undefined;
}

/** Options of {@link createKonProClient}: its own, and those of openapi-fetch's `createClient`. */
export interface KonProClientOptions extends Omit<ClientOptions, "baseUrl" | "fetch">, CallOptions {
  /**
   * The API key, from the API Keys page of KonPro Studio, or a function that gives it: asked once per attempt, so that a key
   * can be rotated while the client lives.
   * @defaultValue the environment variable `KONPRO_API_KEY`
   */
  apiKey?: string | ApiKeyProvider | undefined;
  /**
   * Where the API is: scheme, host and, if there is one, a path that goes before the operations' paths. The key is sent to this
   * origin alone.
   * @defaultValue the environment variable `KONPRO_BASE_URL`, else the server that the contract names
   */
  baseUrl?: string | undefined;
  /**
   * Takes the place of the platform's `fetch`. It is called as `fetch(request, init)` and must hand on both: `init` has the
   * headers with the key, the `signal` of the deadline, and `redirect: "manual"`.
   * @defaultValue `globalThis.fetch`, looked up at each attempt
   */
  fetch?: Fetch | undefined;
  /** Allows a client in a browser, where everyone who opens the page can read its key. */
  dangerouslyAllowBrowser?: boolean | undefined;
  /** Allows an `http:` address that is not this machine's own, where everyone on the way can read the key. */
  dangerouslyAllowHttp?: boolean | undefined;
}

/** The options of a client, checked. */
export interface Settings extends Required<{ [Name in keyof CallOptions]: number }> {
  readonly apiKey: string | ApiKeyProvider;
  readonly baseUrl: string;
  readonly origin: string;
  readonly fetch: Fetch | undefined;
}

/** Fills in the defaults and refuses what could not work, before anything is sent. */
export function readOptions(options: KonProClientOptions): Settings {
  const { apiKey = environment("KONPRO_API_KEY"), baseUrl = environment("KONPRO_BASE_URL") ?? server } = options;

  if (typeof window === "object" && typeof document === "object" && !options.dangerouslyAllowBrowser) {
    throw new TypeError(
      "This is a browser, where everyone could read the API key; KonPro says never to use it in client-side code. " +
        "Call a backend of your own that uses the client, or set dangerouslyAllowBrowser: true.",
    );
  }
  if (apiKey === undefined) {
    throw new TypeError(
      "apiKey is missing: give a string or a function, or set the environment variable KONPRO_API_KEY.",
    );
  }
  const url = readBaseUrl(baseUrl, options.dangerouslyAllowHttp);
  return {
    ...readCallOptions(options, { timeout: 30_000, maxRetries: 2 }),
    apiKey: typeof apiKey === "function" ? apiKey : readApiKey(apiKey, "apiKey"),
    baseUrl: url.origin + url.pathname.replace(/\/+$/, ""),
    origin: url.origin,
    fetch: readFetch(options.fetch),
  };
}

/** Checks the options that one call can set, too. */
export function readCallOptions(
  { timeout, maxRetries }: CallOptions,
  defaults: { timeout: number; maxRetries: number },
): { timeout: number; maxRetries: number } {
  return {
    timeout: readNumber("timeout", timeout ?? defaults.timeout, 1, 2_147_483_647, "milliseconds"),
    maxRetries: readNumber(
      "maxRetries",
      maxRetries ?? defaults.maxRetries,
      0,
      Number.MAX_SAFE_INTEGER,
      "further attempts",
    ),
  };
}

export function readFetch(fetch: Fetch | undefined): Fetch | undefined {
  if (fetch !== undefined && typeof fetch !== "function") throw wrong("fetch", typeof fetch, "a function");
  return fetch;
}

/** A key fit for a header. The platform's own error for one that is not would quote it. */
export function readApiKey(apiKey: unknown, name: string): string {
  if (typeof apiKey !== "string") throw wrong(name, typeof apiKey, "a string");
  const key = apiKey.trim();
  if (key === "") throw wrong(name, "a blank string", "the key as KonPro Studio shows it");
  if (/[^ -~]/.test(key)) {
    throw wrong(name, "a string with control or non-ASCII characters", `a key that fits into the header ${keyHeader}`);
  }
  return key;
}

function readNumber(name: string, value: unknown, least: number, most: number, unit: string): number {
  if (typeof value === "number" && value >= least && value <= most && (least > 0 || Number.isInteger(value)))
    return value;
  const shown = typeof value === "number" ? String(value) : typeof value;
  throw wrong(name, shown, `a ${least > 0 ? "" : "whole "}number of ${unit} from ${least} to ${most}`);
}

function readBaseUrl(baseUrl: unknown, dangerouslyAllowHttp = false): URL {
  const wanted = "the API's absolute https: URL, without user info, query or fragment";
  if (typeof baseUrl !== "string") throw wrong("baseUrl", typeof baseUrl, wanted);
  if (!URL.canParse(baseUrl)) throw wrong("baseUrl", "something that is not an absolute URL", wanted);
  const url = new URL(baseUrl);
  // Not quoted: what stands in these parts is often a credential.
  if (url.username || url.password) throw wrong("baseUrl", "a URL with user info", wanted);
  if (url.search || url.hash) throw wrong("baseUrl", "a URL with a query or fragment", wanted);
  if (url.protocol === "http:") {
    if (dangerouslyAllowHttp || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)) return url;
    throw wrong(
      "baseUrl",
      url.origin,
      "https:, since http: shows the key to everyone on the way (or dangerouslyAllowHttp: true)",
    );
  }
  if (url.protocol !== "https:") throw wrong("baseUrl", `a ${url.protocol} URL`, wanted);
  return url;
}

const wrong = (option: string, got: string, wanted: string) =>
  new TypeError(`${option} is ${got}; it must be ${wanted}.`);

/** An environment variable, where there are any and they may be read; a blank one counts as unset. */
function environment(name: string): string | undefined {
  try {
    return process.env[name]?.trim() || undefined;
  } catch {
    return undefined;
  }
}
