import type { ClientOptions } from "openapi-fetch";
import { server } from "../generated/operations.js";

/** What puts a request on the wire: the platform's `fetch`, or a function with its signature. */
export type Fetch = (request: Request, init?: RequestInit) => Promise<Response>;

/** Gives the API key when asked, at once or later. */
export type ApiKeyProvider = () => string | Promise<string>;

/** Options that a client has for all its calls, and that each call can set for itself. */
export interface CallOptions {
  /**
   * The deadline of one attempt in milliseconds, from asking for the key to the last byte of the body: 1 to 2,147,483,647.
   * For a deadline over all attempts and the waits between them, give `signal: AbortSignal.timeout(ms)`.
   * @defaultValue 30000
   */
  timeout?: number | undefined;
  /**
   * How many attempts may follow a failed one: 0 or more. Only GET, HEAD, PUT, DELETE and OPTIONS are tried again: after a
   * network failure, a timeout, 408, 500, 502, 503 or 504, and after 429 if the API says how long to wait.
   * @defaultValue 2
   */
  maxRetries?: number | undefined;
}

/** Options of {@link createKonProClient}: its own, and those of openapi-fetch's `createClient`. */
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
  /**
   * Takes the place of the platform's `fetch`. It is called as `fetch(request, init)` and must heed both: `init` has the
   * headers with the key, the `signal` of the deadline, and `redirect: "manual"`.
   * @defaultValue `globalThis.fetch`, looked up at each attempt
   */
  fetch?: Fetch | undefined;
  /** Allows a client in a browser, where everyone who opens the page can read its key. */
  dangerouslyAllowBrowser?: boolean | undefined;
  /** Allows an `http:` address on another machine, where everyone on the way can read the key. */
  dangerouslyAllowHttp?: boolean | undefined;
}

/** What each call can set for itself, checked. */
interface CallSettings {
  readonly timeout: number;
  readonly maxRetries: number;
  readonly fetch: Fetch | undefined;
}

/** The options of a client, checked. */
export interface Settings extends CallSettings {
  readonly apiKey: string | ApiKeyProvider;
  readonly url: URL;
}

/** Fills in the defaults and refuses what could not work, before anything is sent. */
export function readOptions(options: KonProClientOptions): Settings {
  if (typeof window === "object" && typeof document === "object" && !options.dangerouslyAllowBrowser) {
    throw new TypeError(
      "A browser shows the API key to everyone: call your own backend instead, or set dangerouslyAllowBrowser.",
    );
  }
  const apiKey = options.apiKey ?? environment("KONPRO_API_KEY");
  if (apiKey === undefined) throw new TypeError("apiKey is missing: pass it, or set KONPRO_API_KEY.");
  return {
    ...readCallOptions(options, { timeout: 30_000, maxRetries: 2, fetch: undefined }),
    apiKey: typeof apiKey === "function" ? apiKey : readApiKey(apiKey),
    url: readBaseUrl(options.baseUrl ?? environment("KONPRO_BASE_URL") ?? server, options.dangerouslyAllowHttp),
  };
}

/** Checks what one call can set, too. */
export function readCallOptions(
  { timeout, maxRetries, fetch }: CallOptions & { fetch?: Fetch | undefined },
  defaults: CallSettings,
): CallSettings {
  const settings = {
    timeout: timeout ?? defaults.timeout,
    maxRetries: maxRetries ?? defaults.maxRetries,
    fetch: fetch ?? defaults.fetch,
  };
  if (!(Number.isFinite(settings.timeout) && settings.timeout >= 1 && settings.timeout <= 2_147_483_647)) {
    throw wrong("timeout", settings.timeout, "1 to 2147483647 ms");
  }
  if (!(Number.isSafeInteger(settings.maxRetries) && settings.maxRetries >= 0)) {
    throw wrong("maxRetries", settings.maxRetries, "a whole number, 0 or more");
  }
  if (!["function", "undefined"].includes(typeof settings.fetch)) throw wrong("fetch", settings.fetch, "a function");
  return settings;
}

/** A key fit for a header. The platform's own error for one that is not would quote it. */
export function readApiKey(apiKey: unknown): string {
  if (typeof apiKey !== "string") throw wrong("apiKey", typeof apiKey, "text");
  const key = apiKey.trim();
  if (!/^[ -~]+$/.test(key)) {
    const got = key ? "one with control or non-ASCII characters" : "blank";
    throw wrong("apiKey", got, "the key as KonPro Studio shows it");
  }
  return key;
}

function readBaseUrl(baseUrl: string, dangerouslyAllowHttp = false): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
  const safe =
    url?.protocol === "https:" || (url?.protocol === "http:" && (dangerouslyAllowHttp || local.test(url.hostname)));
  if (url && safe && !/[@?#]/.test(baseUrl)) return url;
  // Credentials often stand before an @ or in a query.
  const shown = `${baseUrl}`.replace(/[^/]*@/, "…@").replace(/[?#].*/s, "?…");
  const wanted =
    "an https: URL without user info, query or fragment (http: for this machine, or with dangerouslyAllowHttp)";
  throw wrong("baseUrl", shown, wanted);
}

const wrong = (option: string, got: unknown, wanted: string) =>
  new TypeError(`${option} must be ${wanted}, not ${got}.`);

/** An environment variable, where there are any and they may be read; a blank one counts as unset. */
function environment(name: string): string | undefined {
  try {
    return process.env[name]?.trim() || undefined;
  } catch {
    return undefined;
  }
}
