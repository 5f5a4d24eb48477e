import type { ClientOptions, Middleware, ParseAs } from "openapi-fetch";
import { server } from "../generated/operations.js";
import { ownOptions, wrong } from "./option-names.js";
import type { ApiKeyProvider, CallOptions, Fetch, KonProClientOptions } from "./options.js";
import { refuseBrowser, withEnvironment } from "./platform.js";

/** What a call may be given beside its parameters, before types. */
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

/** The options of a client, checked. */
export interface Settings extends CallSettings {
  readonly apiKey: string | ApiKeyProvider;
  readonly url: URL;
  /** What a user changes to change the key: the option or the environment variable. */
  readonly keySource: string;
  /** The same for the address. */
  readonly urlSource: string;
  /** The options that are not ours: openapi-fetch's and the platform's. */
  readonly others: Omit<ClientOptions, "baseUrl" | "fetch">;
}

/** Fills in the defaults and refuses what could not work, before anything is sent. */
export function readOptions(options: KonProClientOptions): Settings {
  const { apiKey, baseUrl, dangerouslyAllowBrowser, dangerouslyAllowHttp, ...rest } = ownOptions(options, "options");
  if (!dangerouslyAllowBrowser) refuseBrowser();
  const key = withEnvironment("apiKey", apiKey, "KONPRO_API_KEY");
  const address = withEnvironment("baseUrl", baseUrl, "KONPRO_BASE_URL");
  if (key.value === undefined) {
    throw new TypeError("apiKey is missing: pass it, as a worker must from its bindings, or set KONPRO_API_KEY.");
  }
  const { settings, others } = readCallOptions(rest);
  return {
    ...settings,
    apiKey: typeof key.value === "function" ? key.value : readApiKey(key.value, key.source),
    keySource: key.source,
    url: readBaseUrl(address.value ?? server, address.source, dangerouslyAllowHttp),
    urlSource: address.source,
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

const BODY_READERS: unknown[] = ["json", "text", "blob", "arrayBuffer", "stream"];

/** Checks what each call can set for itself, and parts it from what is openapi-fetch's and the platform's. */
export function readCallOptions<
  Init extends CallOptions & { signal?: AbortSignal | null | undefined; parseAs?: ParseAs },
>(init: Init, defaults: CallSettings = DEFAULTS) {
  const { timeout, maxRetries, fetch, onAttempt, signal, ...others } = ownOptions(init, "the options of a call");
  const misplaced = ["apiKey", "dangerouslyAllowBrowser", "dangerouslyAllowHttp"].find((name) => name in others);
  if (misplaced) throw new TypeError(`${misplaced} is an option of createKonProClient, not of a call.`);
  const settings: CallSettings = {
    timeout: timeout ?? defaults.timeout,
    maxRetries: maxRetries ?? defaults.maxRetries,
    fetch: fetch ?? defaults.fetch,
    onAttempt: onAttempt ?? defaults.onAttempt,
    signal: signal === undefined ? defaults.signal : signal,
  };
  if (!(Number.isFinite(settings.timeout) && settings.timeout >= 1 && settings.timeout <= 2_147_483_647)) {
    throw wrong("timeout", settings.timeout, "a number of milliseconds from 1 to 2147483647");
  }
  if (!(Number.isSafeInteger(settings.maxRetries) && settings.maxRetries >= 0)) {
    throw wrong("maxRetries", settings.maxRetries, "a whole number, 0 or more");
  }
  for (const name of ["fetch", "onAttempt"] as const) {
    if (!["function", "undefined"].includes(typeof settings[name])) throw wrong(name, settings[name], "a function");
  }
  if (settings.signal && typeof Object(settings.signal).addEventListener !== "function") {
    throw wrong("signal", settings.signal, "an AbortSignal");
  }
  if (others.parseAs && !BODY_READERS.includes(others.parseAs)) {
    throw wrong("parseAs", others.parseAs, `one of ${BODY_READERS.join(", ")}`);
  }
  return { settings, others };
}

/** A key fit for a header. The platform's own error for one that is not would quote it. */
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

/** `URL.canParse` is younger than some platforms. */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
