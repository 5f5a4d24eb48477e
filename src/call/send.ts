import { keyHeader } from "../../generated/operations.js";
import type { KonProConnectionError } from "../errors.js";
import { peek } from "../masking.js";
import { connectionError, followedError, keyFunctionError, originError, redirectError } from "../messages.js";
import type { ApiKeyProvider } from "../options.js";
import { parseUrl, readApiKey } from "../read-options.js";
import type { Call } from "./attempt.js";

/** Stands in for `Request` where nobody but the client looks at it: the one Request of the call is then the platform's own. */
class Draft {
  readonly method: string;

  constructor(
    readonly url: string,
    readonly init: RequestInit & { method: string; headers: Headers },
  ) {
    this.method = init.method;
  }
}

// openapi-fetch asks for no more of a Request than its URL and method, where there is no middleware.
export const DraftRequest = Draft as unknown as typeof Request;

/** An attempt's `fetch`; middleware has it as `options.fetch`. */
export interface Send {
  (input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** The request as openapi-fetch built it, before any middleware. */
  built?: Request;
  /** The answer whose body openapi-fetch reads: what fails from then on is the reading. */
  reading?: Response;
  /** The failure of the network that it ended with. */
  failure?: KonProConnectionError;
}

/** Makes an attempt's `fetch`, the one place where the key is added: just before the request leaves. */
export function createSend(call: Call, attempts: number, signal: AbortSignal): Send {
  const send: Send = async (input, init) => {
    const target = typeof input === "object" && "url" in input ? input.url : String(input);
    call.url = target.startsWith(`${call.origin}/`) ? target : await otherSpelling(call, attempts, target);
    const draft: unknown = input;
    const headers = draft instanceof Draft ? draft.init.headers : new Headers(init?.headers ?? Object(input).headers);
    if (headers.has(keyHeader)) {
      throw new TypeError(`The header ${keyHeader} is the client's own: give the key as the option apiKey.`);
    }
    if (!headers.has("accept")) headers.set("accept", call.accept);
    const { apiKey } = call;
    if (apiKey !== undefined) {
      headers.set(keyHeader, typeof apiKey === "string" ? apiKey : await keyFrom(call, apiKey));
    }
    if (signal.aborted) throw signal.reason;
    const transmit =
      draft instanceof Draft
        ? plainFetch(draft, init, headers, signal)
        : wholeFetch(call, send, input, { ...init, headers }, signal);
    let response: Response;
    try {
      response = await transmit();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (MISTAKES.includes(peek(error, "name"))) throw error;
      if (draft instanceof Draft) rebuild(draft, headers);
      const failure = connectionError(call, error, attempts);
      if (!MISFITS.includes(peek(error, "code") ?? peek(peek(error, "cause"), "code"))) send.failure = failure;
      throw failure;
    }
    checkResponse(call, attempts, response);
    if (!call.hasMiddleware) send.reading = response;
    return response;
  };
  return send;
}

/** The URL as a parser writes it, if it is of the client's origin. */
async function otherSpelling(call: Call, attempts: number, target: string): Promise<string> {
  await undefined; // A stack shows ten calls: counted from here on, the caller's function is among them.
  const url = parseUrl(target);
  if (!url) throw new TypeError(`${call.method} ${call.path}: the client's baseUrl and this path give no URL.`);
  if (url.origin === call.origin) return url.href;
  throw originError(call, url.origin, attempts);
}

async function keyFrom(call: Call, provider: ApiKeyProvider): Promise<string> {
  try {
    const key = readApiKey(await provider(), "What the apiKey function gives");
    call.mask.add(key);
    return key;
  } catch (error) {
    throw keyFunctionError(call, error);
  }
}

/** As everybody calls it: the whole request is in `init`. */
function plainFetch(draft: Draft, extension: RequestInit | undefined, headers: Headers, signal: AbortSignal) {
  const { fetch } = globalThis; // called as a method of something else, it is an illegal invocation
  return () => fetch(draft.url, { ...draft.init, ...extension, headers, signal, redirect: "manual" });
}

/** For whoever looks at the request: a whole `Request` of the caller's class, and beside it what a `Request` cannot carry. */
function wholeFetch(call: Call, send: Send, input: Parameters<Send>[0], init: RequestInit, attempt: AbortSignal) {
  const { fetch = globalThis.fetch } = call;
  // The signal of a request that openapi-fetch built follows the attempt's; a middleware may bring another one.
  const own = input === send.built || !call.hasMiddleware ? undefined : (init.signal ?? Object(input).signal);
  const signal = own ? AbortSignal.any([attempt, own]) : attempt;
  const request = new call.Request(input, { ...referrerOf(input), ...init, signal, redirect: "manual" });
  const besides = (members: object): object =>
    Object.fromEntries(Object.entries(members).filter(([name]) => !(name in request)));
  const [ofCall, ofFetch] = [besides(call.platformInit), besides(init)];
  // As openapi-fetch does, for those who look nowhere else than on the Request.
  Object.assign(request, ofCall);
  return () => fetch(request, { ...ofCall, ...ofFetch, redirect: "manual", signal });
}

/** A Request made of another one forgets these two, whatever else it is given. */
const referrerOf = (input: object | string) =>
  Object.fromEntries(
    ["referrer", "referrerPolicy"].map((name) => [name, Reflect.get(Object(input), name)]).filter(([, value]) => value),
  );

/** Mistakes in a given fetch, and an abort by another signal than ours: no failure of the network, so told as they are. */
const MISTAKES: unknown[] = ["ReferenceError", "RangeError", "SyntaxError", "AbortError"];

/** `fetch` rejects a request that cannot be built as it rejects a lost one. To build it again tells them apart. */
function rebuild({ url, init }: Draft, headers: Headers): void {
  const isStream = typeof peek(init.body, "getReader") === "function";
  new Request(url, { ...init, body: isStream ? null : (init.body ?? null), headers });
}

/** The dispatcher does not fit the fetch, which no other attempt would better. */
const MISFITS: unknown[] = ["UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED"];

const REDIRECTS = [301, 302, 303, 307, 308];

function checkResponse(call: Call, attempts: number, response: Response): void {
  if (typeof peek(response, "status") !== "number" || typeof peek(response.headers, "get") !== "function") {
    throw new TypeError(
      `${call.method} ${call.path}: fetch must resolve to a Response, not to ${response === null ? "null" : typeof response}.`,
    );
  }
  if (response.type === "opaqueredirect" || REDIRECTS.includes(response.status)) {
    response.body?.cancel().catch(() => {}); // nobody waits for it
    throw redirectError(call, response, attempts);
  }
  const origin = response.url && !call.fetch ? parseUrl(response.url)?.origin : call.origin;
  if (origin && origin !== call.origin) throw followedError(call, origin, attempts);
}
