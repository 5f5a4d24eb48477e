import { mediaType, readProblem } from "./error-body.js";
import {
  KonProApiError,
  KonProConnectionError,
  KonProError,
  KonProResponseError,
  KonProTimeoutError,
} from "./errors.js";
import { parseUrl } from "./options.js";
import { copyOfCause, nextCause, quote, quoteLine, textOf } from "./quote.js";
import { shownUrl } from "./shown-url.js";

/** What a message says of the call that an error ends. */
export interface CallContext {
  /** As sent, which a middleware may have changed. */
  method: string;
  /** The full URL, as far as it is known. */
  url: string;
  /** How many attempts were made. */
  attempts: number;
  /** The keys that the call has sent: no error shows them. */
  readonly keys: readonly string[];
}

/** `METHOD URL: what happened, how often. What to do.` */
export function tell({ keys, method, url, attempts }: CallContext, what: string, advice: string): string {
  return `${method} ${quote(shownUrl(url), keys)}: ${what}${attempts > 1 ? `, after ${attempts} attempts` : ""}. ${advice}`;
}

/** Makes an error of an error response, whatever its body looks like. */
export function apiError(call: CallContext, response: Response, body: unknown, retryAfter: number | undefined) {
  const { status, headers } = response;
  const { explanation, ...problem } = readProblem(body, response, call.keys);
  const { code, requestId } = problem;
  let what = [code ? `${status} ${code}` : status, explanation].filter(Boolean).join(": ");
  if (requestId) what += ` (request ${requestId})`;
  const wait = retryAfter ? ` Wait ${retryAfter} s before the next call.` : "";
  const message = tell(call, what, adviceFor(status) + wait);
  return new KonProApiError(message, { ...problem, status, retryAfter, attempts: call.attempts, body, headers });
}

const ADVICE: Record<number, string> = {
  400: "Correct the request; the error's details may say where.",
  401: "Check the API key (apiKey or KONPRO_API_KEY).",
  403: "Check what the API key and the account's plan allow.",
  404: "Check the address (baseUrl or KONPRO_BASE_URL) and the identifiers in the call.",
  422: "Correct the request; the error's details may say where.",
  429: "Make fewer calls: limits count per minute and per day.",
};

const adviceFor = (status: number) => ADVICE[status] ?? (status < 500 ? "See the error's body." : "Try again later.");

/** A 2xx response without the body that the contract promises. */
export const missingBody = (call: CallContext, response: Response) =>
  responseError(call, response, "the promised body is missing");

/** A 2xx response that is not JSON. What the parser says may quote the body, and is not repeated. */
export const notJson = (call: CallContext, response: Response) =>
  responseError(call, response, `the body is not JSON (${mediaType(response, call.keys) ?? "no content type"})`);

function responseError(call: CallContext, response: Response, problem: string): KonProResponseError {
  const { status } = response;
  const advice =
    "Check that the address (baseUrl or KONPRO_BASE_URL) leads to the API, not to a proxy or a login page.";
  const contentType = mediaType(response, call.keys);
  return new KonProResponseError(tell(call, `${status}, but ${problem}`, advice), { status, contentType });
}

/** What to do about a failure of the network, by its code and text, and whether another attempt would fail in the same way. */
const NETWORK_ADVICE: [pattern: RegExp, advice: string, isFinal?: boolean][] = [
  [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED/, "Check the address (baseUrl or KONPRO_BASE_URL), and that the server runs."],
  [/WRONG_VERSION_NUMBER|EPROTO/, "Check that the server speaks https.", true],
  [/CERT|SIGNATURE/i, "Check the certificate, the clock here and NODE_EXTRA_CA_CERTS.", true],
  [/407|proxy auth/i, "Check the proxy's credentials.", true],
  [/bad port/, "Use a port that fetch allows.", true],
  [/UND_ERR_(INVALID_ARG|NOT_SUPPORTED)/, "Use the dispatcher and the fetch of one undici version.", true],
];

const adviceOn = (cause: unknown) => NETWORK_ADVICE.find(([pattern]) => pattern.test(describeCause(cause)));

/** Whether another attempt would fail in the same way. */
export const isFinal = (cause: unknown) => adviceOn(cause)?.[2] === true;

/** There was no response, or not all of it. */
export function connectionError(call: CallContext, cause: unknown, response?: Response): KonProConnectionError {
  const [, advice = "Check the network, then call again."] = adviceOn(cause) ?? [];
  const what = response ? `the ${response.status} response broke off` : "no response";
  return lost(call, `${what}: ${quoteLine(describeCause(cause), call.keys)}`, advice, {
    cause: copyOfCause(cause, call.keys),
  });
}

const lost = ({ attempts, ...call }: CallContext, what: string, advice: string, options?: ErrorOptions) =>
  new KonProConnectionError(tell({ attempts, ...call }, what, advice), { attempts, ...options });

/** The platform says what happened in the last of a chain of causes: the first is always "fetch failed". */
function describeCause(error: unknown): string {
  let deepest = error;
  for (let depth = 0; depth < 8; depth++) {
    const next = nextCause(deepest);
    if (typeof next !== "object" || next === null) break;
    deepest = next;
  }
  const code = textOf(Object(deepest).code) ?? "";
  const message = textOf(deepest) ?? textOf(Object(deepest).message) ?? textOf(Object(deepest).name) ?? "unknown";
  // OpenSSL's texts hold the name of its source file: `…:error:0A00010B:SSL routines:…:wrong version number:../deps/…`
  const [, reason = message] = /:error:\w+:[^:]*:[^:]*:([^:]+)/.exec(message) ?? [];
  return reason.includes(code) ? reason : `${reason} (${code})`;
}

export function timeoutError(call: CallContext, timeout: number): KonProTimeoutError {
  const message = tell(call, `no complete response within ${timeout} ms`, "Give a longer timeout, or try again later.");
  return new KonProTimeoutError(message, { timeout, attempts: call.attempts });
}

/** A redirect: the message says where to, as far as a platform shows it, without its query. */
export function redirectError(call: CallContext, { status, headers }: Response): KonProConnectionError {
  const location = headers.get("location");
  const target = location ? parseUrl(location, call.url) : undefined;
  const where = target ? ` to ${quoteLine(target.origin + target.pathname, call.keys)}` : "";
  const what = `redirect refused (${status || "hidden by the browser"}${where})`;
  return lost(call, what, "It would take the key along: set baseUrl to where the API is.");
}

/** The given fetch followed a redirect although it was told not to. */
export function followedError(call: CallContext, { url }: Response): KonProConnectionError {
  const what = `a redirect to ${quoteLine(parseUrl(url)?.origin ?? "another address", call.keys)} was followed`;
  const advice = 'Use a fetch that honours redirect: "manual". Change the key if that host is foreign.';
  return lost(call, what, advice);
}

/** A call, or a middleware, that would take the key elsewhere. */
export const originError = (call: CallContext, target: string, origin: string) =>
  lost(call, `not sent to ${quoteLine(target, call.keys)}`, `This client is for ${origin}: make another one.`);

export const keyFunctionError = (call: CallContext, cause: unknown) =>
  new KonProError(tell(call, "not sent: the apiKey function failed", "The cause says why."), {
    cause: copyOfCause(cause, call.keys),
  });
