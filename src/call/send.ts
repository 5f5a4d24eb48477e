import { keyHeader } from "../../generated/operations.js";
import type { KonProConnectionError } from "../errors.js";
import { peek } from "../masking.js";
import { connectionError, followedError, keyFunctionError, originError, redirectError, tell } from "../messages.js";
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

// Without middleware, openapi-fetch reads only the URL and the method of a Request.
export const DraftRequest = Draft as unknown as typeof Request;

/** An attempt's `fetch`; middleware has it as `options.fetch`. */
export interface Send {
  (input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** The request as openapi-fetch built it, before any middleware. */
  built?: Request;
  /** The answer whose body openapi-fetch reads: errors from then on come from reading it. */
  reading?: Response;
  /** The failure of the network that it ended with. */
  failure?: KonProConnectionError;
}

/** Makes an attempt's `fetch`, the one place where the key is added: just before the request leaves. */
export function createSend(call: Call, signal: AbortSignal): Send {
  const send: Send = async (input, init) => {
    const { apiKey } = call;
    const draft = input instanceof Draft ? input : undefined;
    const target = typeof input === "object" && "url" in input ? input.url : String(input);
    call.url = target.startsWith(`${call.client.origin}/`) ? target : await otherSpelling(call, target);
    const headers = draft ? draft.init.headers : new Headers(init?.headers ?? Object(input).headers);
    if (headers.has(keyHeader)) {
      throw new TypeError(`The header ${keyHeader} is the client's own: give the key as the option apiKey.`);
    }
    if (!headers.has("accept")) headers.set("accept", call.accept);
    if (apiKey) headers.set(keyHeader, typeof apiKey === "string" ? apiKey : await keyFrom(call, apiKey));
    if (signal.aborted) throw signal.reason;
    const transmit = draft ? plainFetch(draft, init) : wholeFetch(call, send, input, { ...init, headers }, signal);
    let response: Response;
    try {
      response = await transmit();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (MISTAKE.test(String(peek(error, "name")))) throw error;
      if (draft) rebuild(draft);
      const failure = connectionError(call, error);
      if (!MISFIT.test(String(peek(error, "code") ?? peek(peek(error, "cause"), "code")))) send.failure = failure;
      throw failure;
    }
    checkResponse(call, response);
    if (!send.built) send.reading = response;
    return response;
  };
  return send;
}

/** The URL as a parser writes it, if it is of the client's origin. */
async function otherSpelling(call: Call, target: string): Promise<string> {
  await undefined; // A stack shows ten calls: after this, the caller's function is among them.
  const url = parseUrl(target);
  if (!url) throw new TypeError(tell(call, "not sent: this is no URL", "Check baseUrl and the path."));
  if (url.origin === call.client.origin) return url.href;
  throw originError(call, url.origin);
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

/** The usual form: the whole request is in `init`. */
function plainFetch({ url, init }: Draft, extension: RequestInit | undefined) {
  const { fetch } = globalThis; // as a method of something else, it would throw
  return () => fetch(url, { ...extension, ...init }); // an extension adds to the request, and changes nothing of it
}

/** For whoever looks at the request: a whole `Request` of the caller's class, and beside it what a `Request` cannot carry. */
function wholeFetch(call: Call, send: Send, input: Parameters<Send>[0], init: RequestInit, attempt: AbortSignal) {
  const { fetch = globalThis.fetch } = call.settings;
  const { built = input } = send;
  // The signal of a request that openapi-fetch built follows the attempt's; a middleware may bring another one.
  const own = input === built ? undefined : (init.signal ?? Object(input).signal);
  const signal = own ? AbortSignal.any([attempt, own]) : attempt;
  const request = new call.Request(input, { ...referrerOf(input), ...init, signal, redirect: "manual" });
  // openapi-fetch puts what a Request cannot carry on the Request it builds, for those who look nowhere else.
  const besides = (members: object | string) => Object.entries(members).filter(([name]) => !(name in request));
  const [ofCall, ofFetch] = [besides(built), besides(init)].map(Object.fromEntries);
  Object.assign(request, ofCall);
  return () => fetch(request, { ...ofCall, ...ofFetch, redirect: "manual", signal });
}

/** A Request made from another one does not take these two over. */
const referrerOf = (input: object | string) =>
  Object.fromEntries(
    ["referrer", "referrerPolicy"].map((name) => [name, Reflect.get(Object(input), name)]).filter(([, value]) => value),
  );

/** A mistake in a given fetch, or an abort by another signal than ours: no failure of the network, so passed on as it is. */
const MISTAKE = /^(Reference|Range|Syntax|URI|Abort)Error$/;

/** The dispatcher does not fit the fetch: another attempt would fail in the same way. */
const MISFIT = /^UND_ERR_(INVALID_ARG|NOT_SUPPORTED)$/;

/** `fetch` rejects with a TypeError for a lost request and for an invalid one. Building it again throws for the invalid one. */
function rebuild({ url, init }: Draft): void {
  const isStream = typeof peek(init.body, "getReader") === "function";
  new Request(url, { ...init, body: isStream ? null : (init.body ?? null) });
}

const REDIRECTS = [301, 302, 303, 307, 308];

function checkResponse(call: Call, response: Response): void {
  if (typeof peek(response, "status") !== "number" || typeof peek(response.headers, "get") !== "function") {
    const got = response === null ? "null" : typeof response;
    throw new TypeError(tell(call, `the given fetch resolved to ${got}`, "It must resolve to a Response."));
  }
  if (response.type === "opaqueredirect" || REDIRECTS.includes(response.status)) {
    response.body?.cancel().catch(() => {}); // nobody waits for it
    throw redirectError(call, response);
  }
  const { origin } = call.client;
  const from = response.url && !call.settings.fetch ? parseUrl(response.url)?.origin : origin;
  if (from && from !== origin) throw followedError(call, from);
}
