import type { ClientOptions, Middleware, ParseAs } from "openapi-fetch";
import { server } from "../generated/operations.js";
import { ownOptions, wrong } from "./option-names.js";
import type { ApiKeyProvider, CallOptions, Fetch, KonProClientOptions } from "./options.js";
import { refuseBrowser, withEnvironment } from "./platform.js";

/** The options of any call, untyped. */
export interface RawInit extends CallOptions, Omit<ClientOptions, "fetch" | "signal" | "body"> {
  signal?: AbortSignal | null | undefined;
  middleware?: Middleware[];
  parseAs?: ParseAs;
  body?: unknown;
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown> };
  duplex?: "half";
}

/** What a call is made with, checked. */
export interface CallSettings {
  readonly timeout: number;
  readonly maxRetries: number;
  readonly fetch: Fetch | undefined;
  readonly onAttempt: CallOptions["onAttempt"];
  readonly signal: AbortSignal | null | undefined;
}

/** Options for openapi-fetch and the platform. */
export type PassedOn = Omit<RawInit, keyof CallSettings>;

/** The options of a client, checked. */
export interface Settings extends CallSettings {
  readonly apiKey: string | ApiKeyProvider;
  /** The option or environment variable that the key comes from. */
  readonly keySource: string;
  /** Where the API is, without a slash at the end. */
  readonly baseUrl: string;
  /** Its scheme, host and port: the key is sent nowhere else. */
  readonly origin: string;
  /** The same for the address. */
  readonly urlSource: string;
  /** The options that are not ours: openapi-fetch's and the platform's. */
  readonly others: Omit<ClientOptions, "baseUrl" | "fetch">;
}

/** Fills in the defaults and refuses what could not work, before anything is sent. */
export function readOptions(options: KonProClientOptions): Settings {
  const { apiKey, baseUrl, dangerouslyAllowBrowser, dangerouslyAllowHttp, ...rest } = ownOptions(options, "options");
  if (!dangerouslyAllowBrowser) refuseBrowser();
  const [key, keySource] = withEnvironment("apiKey", apiKey, "KONPRO_API_KEY");
  const [address = server, urlSource] = withEnvironment("baseUrl", baseUrl, "KONPRO_BASE_URL");
  if (key === undefined) {
    throw new TypeError("apiKey is missing: pass it, as a worker must from its bindings, or set KONPRO_API_KEY.");
  }
  const { href, origin } = readBaseUrl(address, urlSource, dangerouslyAllowHttp);
  const { settings, others } = readCallOptions(rest);
  return {
    ...settings,
    apiKey: typeof key === "function" ? key : readApiKey(key, keySource),
    keySource,
    baseUrl: href.replace(/\/+$/, ""),
    origin,
    urlSource,
    others,
  };
}

const DEFAULTS: CallSettings = {
  timeout: 30_000,
  maxRetries: 2,
  fetch: undefined,
  onAttempt: undefined,
  signal: undefined,
};

type Fits = (value: unknown) => boolean;
const isFunction: Fits = (value) => typeof value === "function";

/** What an option must be, and the check for it. */
const RULES: Record<string, [wanted: string, fits: Fits]> = {
  timeout: [
    "a number of milliseconds from 1 to 2147483647",
    (value) => typeof value === "number" && value >= 1 && value <= 2_147_483_647,
  ],
  maxRetries: [
    "a whole number, 0 or more",
    (value) => typeof value === "number" && value >= 0 && Number.isSafeInteger(value),
  ],
  fetch: ["a function", isFunction],
  onAttempt: ["a function", isFunction],
  signal: ["an AbortSignal", (value) => value === null || isFunction(Object(value).addEventListener)],
  parseAs: [
    "one of json, text, blob, arrayBuffer, stream",
    (value) => typeof value === "string" && /^(json|text|blob|arrayBuffer|stream)$/.test(value),
  ],
};

/** Checks the options of a call, and separates ours from those for openapi-fetch and the platform. */
export function readCallOptions<
  Init extends CallOptions & { signal?: AbortSignal | null | undefined; parseAs?: ParseAs },
>(init: Init, defaults: CallSettings = DEFAULTS) {
  const options = ownOptions(init, "the options of a call");
  const misplaced = Object.keys(options).find((name) => /^(apiKey$|dangerously)/.test(name));
  if (misplaced) throw new TypeError(`${misplaced} is an option of createKonProClient, not of a call.`);
  for (const [name, [wanted, fits]] of Object.entries(RULES)) {
    const value: unknown = Reflect.get(options, name);
    if (value !== undefined && !fits(value)) throw wrong(name, value, wanted);
  }
  const {
    timeout = defaults.timeout,
    maxRetries = defaults.maxRetries,
    fetch = defaults.fetch,
    onAttempt = defaults.onAttempt,
    signal = defaults.signal,
    ...others
  } = options;
  const settings: CallSettings = { timeout, maxRetries, fetch, onAttempt, signal };
  return { settings, others };
}

/** Checks that a key fits a header. The platform's own error would quote one that does not. */
export function readApiKey(apiKey: unknown, source = "apiKey"): string {
  if (typeof apiKey !== "string") throw wrong(source, apiKey, "text");
  const key = apiKey.trim();
  if (/^[ -~]+$/.test(key)) return key;
  const got = key ? "text with control or non-ASCII characters" : "blank";
  throw new TypeError(`${source} must be the key as KonPro Studio shows it, not ${got}.`);
}

function readBaseUrl(baseUrl: unknown, source: string, dangerouslyAllowHttp = false): URL {
  if (typeof baseUrl !== "string") throw wrong(source, baseUrl, "the text of a URL");
  // What was given is not quoted: it may be a key by mistake, or hold a password.
  const refuse = (problem: string) => new TypeError(`${source} must be an https: URL, ${problem}.`);
  const url = parseUrl(baseUrl);
  if (!url) throw refuse(`such as ${server}; it is no URL`);
  if (/[@?#]/.test(baseUrl)) throw refuse("without user name, password, query or fragment");
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && (local || dangerouslyAllowHttp))) return url;
  throw refuse("as http: is for this machine, or with dangerouslyAllowHttp");
}

/** Not every platform has `URL.canParse`. */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
