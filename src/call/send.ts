import { keyHeader } from "../../generated/operations.js";
import { connectionError, keyFunctionError, originError, redirectError } from "../messages.js";
import { type ApiKeyProvider, parseUrl, readApiKey, refuseKeyHeader } from "../options.js";
import type { Call } from "./attempt.js";

/** An attempt's `fetch`; middleware has it as `options.fetch`. */
export interface Send {
  (input: Request | URL | string, changes?: RequestInit): Promise<Response>;
  /** Whether something may still run on a connection. An abort after fetch has rejected can end the process (undici). */
  isRunning?: boolean;
  /** The response whose body openapi-fetch reads: errors from then on come from reading it. */
  reading?: Response;
  /** The network failure that ended the attempt. */
  failure?: ReturnType<typeof connectionError>;
}

/** Keeps the response and request of a streamed body alive: garbage collection of either would end the stream. */
const held = new WeakMap<object, unknown>();

/** Idempotent methods, which may be retried. */
export const IDEMPOTENT = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"];

/** Errors that mean a bug in a custom fetch, or an abort by another signal: not network failures, so rethrown unchanged. */
const MISTAKE = /^(Abort|Range|Reference|Syntax|URI)Error$/;

const REDIRECTS = [301, 302, 303, 307, 308];

/** A cheaper stand-in for `Request` if no middleware sees it. A body that is not a string needs a real Request. */
function Draft(url: string, init: RequestInit): object {
  const { method, headers, body = null } = init;
  return typeof body === "string" || body === null ? { url, method, headers, body } : new Request(url, init);
}

// Without middleware, openapi-fetch reads only the URL and the method of a Request.
export const DraftRequest = Draft as unknown as typeof Request;

/** Makes an attempt's `fetch`, the one place where the key is added: just before the request leaves. */
export function createSend(call: Call, signal: AbortSignal): Send {
  const { Request = globalThis.Request, parseAs, fetch: given } = call.options;
  // Keeps the Request alive during the attempt: once it is garbage-collected, its signal stops working (nodejs/undici#4068).
  let whole: Request | undefined;
  const send: Send = async (input, changes) => {
    const request = typeof input === "object" && "headers" in input && !changes ? input : new Request(input, changes);
    call.method = request.method;
    call.isUnsafe ||= !IDEMPOTENT.includes(call.method);
    call.url = ownUrl(call, request.url);
    const init = { ...call.platform, ...(await wholeInit(call, request)), redirect: "manual", signal } as const;
    if (signal.aborted) throw signal.reason;
    const { fetch } = globalThis; // as a method of another object, it would throw
    if (!given && !fetch) throw new TypeError("fetch is missing: pass it as an option.");
    if (given) whole = Object.assign(new Request(call.url, init), { toString: () => call.url });
    let response: Response;
    try {
      send.isRunning = true;
      response = await (given && whole ? given(whole, init) : fetch(call.url, init));
      if (response?.type === "error") throw new TypeError("Response.error()");
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      send.isRunning = false;
      if (MISTAKE.test(Object(error).name)) throw error;
      // fetch rejects with a TypeError for a lost request and for an invalid one. Only the invalid one throws here.
      if (!given) new Request(call.url, { ...init, signal: null });
      send.failure = connectionError(call, error);
      throw send.failure.error;
    }
    if (typeof response?.headers?.get !== "function") throw new TypeError("fetch must resolve to a Response.");
    const { redirected, type, status } = response;
    if (redirected || type === "opaqueredirect" || REDIRECTS.includes(status)) throw redirectError(call, response);
    if (parseAs === "stream" && response.body) held.set(response.body, [response, whole]);
    return response;
  };
  return send;
}

/** The normalised URL. Throws if its origin is not the client's. */
function ownUrl(call: Call, target: string): string {
  const { origin } = call.client;
  if (target.startsWith(`${origin}/`)) return target;
  const url = parseUrl(target);
  if (url?.origin === origin) return url.href;
  throw originError(call, url?.origin ?? "an invalid URL", origin);
}

/** The complete init, as plain values that can be sent again and that any fetch accepts. */
async function wholeInit(call: Call, request: Request) {
  const { apiKey } = call.client;
  refuseKeyHeader(request.headers);
  const headers: Record<string, string> = { accept: "application/json", ...Object.fromEntries(request.headers) };
  if (!call.target.keyless) headers[keyHeader] = typeof apiKey === "string" ? apiKey : await keyFrom(call, apiKey);
  const { method, body }: { method: string; body?: unknown } = request; // a draft's body is a string, and Firefox's Request has no body property
  if (typeof body === "string") return { method, headers, body };
  const bytes = body === null ? undefined : await request.arrayBuffer();
  return bytes?.byteLength ? { method, headers, body: bytes } : { method, headers };
}

async function keyFrom(call: Call, provider: ApiKeyProvider): Promise<string> {
  try {
    const key = readApiKey(await provider());
    call.keys.push(key);
    return key;
  } catch (error) {
    throw keyFunctionError(call, error);
  }
}
