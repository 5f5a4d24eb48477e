import { mediaType, readProblem } from "./error-body.js";
import {
  KonProApiError,
  KonProConnectionError,
  KonProError,
  KonProResponseError,
  KonProTimeoutError,
} from "./errors.js";
import { copyOfCause, quote, quoteLine, textOf } from "./quote.js";
import { shownUrl } from "./shown-url.js";

/** What a message says about the call that failed. */
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
function tell({ keys, method, url, attempts }: CallContext, what: string, advice: string): string {
  return `${method} ${quote(shownUrl(url), keys)}: ${what}${attempts > 1 ? `, after ${attempts} attempts` : ""}. ${advice}`;
}

/** Makes an error of an error response, whatever its body looks like. */
export function apiError(call: CallContext, response: Response, body: unknown, retryAfter: number | undefined) {
  const { status, headers } = response;
  const { explanation, ...problem } = readProblem(body, response, call.keys);
  const { code, requestId } = problem;
  let what = [code ? `${status} ${code}` : status, explanation].filter(Boolean).join(": ");
  if (requestId) what += ` (request ${requestId})`;
  const wait = retryAfter ? ` Wait ${retryAfter} s.` : "";
  const message = tell(call, what, adviceFor(status) + wait);
  return new KonProApiError(message, { ...problem, status, retryAfter, attempts: call.attempts, body, headers });
}

const ADVICE: Record<number, string> = {
  401: "Check apiKey (or KONPRO_API_KEY).",
  403: "Check the API key's permissions.",
  404: "Check baseUrl (or KONPRO_BASE_URL) and the identifiers in the call.",
  408: "Try again later.",
  429: "Make fewer calls.",
};

const adviceFor = (status: number) => ADVICE[status] ?? (status < 500 ? "Correct the request." : "Try again later.");

/** A 2xx response without the promised JSON. What the parser says may quote the body, and is not repeated. */
export function responseError(
  call: CallContext,
  response: Response,
  problem: "missing" | "not JSON",
): KonProResponseError {
  const { status } = response;
  const contentType = mediaType(response, call.keys);
  const what = `${status}, but the body is ${problem} (${contentType ?? "no content type"})`;
  const advice = "Check that baseUrl (or KONPRO_BASE_URL) is the API's, not a proxy's.";
  return new KonProResponseError(tell(call, what, advice), { status, contentType });
}

/** What to do about a failure of the network, by its code and text, and whether another attempt would fail in the same way. */
const NETWORK_ADVICE: [pattern: RegExp, advice: string, isFinal?: boolean][] = [
  [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED/, "Check baseUrl (or KONPRO_BASE_URL) and that the server runs."],
  [/WRONG_VERSION_NUMBER|EPROTO/, "Check that the server speaks https.", true],
  [/CERT_|_CERT|SIGNATURE|certificate/, "Check the certificate and NODE_EXTRA_CA_CERTS.", true],
  [/\(407\)|proxy auth/, "Check the proxy's credentials.", true],
  [/bad port/, "Use a port that fetch allows.", true],
  [/UND_ERR_(INVALID_ARG|NOT_SUPPORTED)/, "Use fetch and dispatcher from the same undici.", true],
];

/** There was no response, or not all of it; `isLost` if another attempt may help. */
export function connectionError(call: CallContext, error: unknown, response?: Response) {
  const cause = copyOfCause(error, call.keys);
  const reason = describeCause(cause) || Object(cause).name || "unknown";
  const [, advice, isFinal] = NETWORK_ADVICE.find(([pattern]) => pattern.test(reason)) ?? [];
  const what = response ? `the ${response.status} response broke off` : "no response";
  return {
    error: lost(call, `${what}: ${quoteLine(reason, call.keys)}`, advice ?? "Check the network.", {
      cause,
    }),
    isLost: !isFinal,
  };
}

const lost = (call: CallContext, what: string, advice: string, options?: ErrorOptions) =>
  new KonProConnectionError(tell(call, what, advice), { attempts: call.attempts, ...options });

/** The last of a chain of causes says what happened: the first one is always "fetch failed". */
function describeCause(error: unknown): string {
  const { cause, code, message = textOf(error) } = Object(error);
  const deeper = cause && describeCause(cause);
  if (deeper) return deeper;
  // OpenSSL's texts hold the name of its source file: `…:error:0A00010B:SSL routines:…:wrong version number:../deps/…`
  const [, reason = message ?? ""] = /:error:\w+:[^:]*:[^:]*:([^:]+)/.exec(message) ?? [];
  return typeof code !== "string" || reason.includes(code) ? reason : `${reason} (${code})`;
}

export function timeoutError(call: CallContext, timeout: number): KonProTimeoutError {
  const message = tell(call, `no complete response within ${timeout} ms`, "Increase timeout.");
  return new KonProTimeoutError(message, { timeout, attempts: call.attempts });
}

/** A redirect: the message says where to, as far as a platform shows it, without query and credentials. */
export function redirectError(call: CallContext, response: Response): KonProConnectionError {
  const { redirected, status, url, headers } = response;
  const target = (redirected ? url : headers.get("location"))?.replace(/[?#].*|(?<=\/\/)[^/]*@/gs, "");
  const where = target ? ` to ${quoteLine(target, call.keys)}` : "";
  return redirected
    ? lost(call, `redirect followed${where}`, "Use a fetch that does not follow redirects, and change the API key.")
    : lost(call, `redirect not followed (${status || "opaque"}${where})`, "Check baseUrl (or KONPRO_BASE_URL).");
}

/** A call, or a middleware, that would take the key elsewhere. */
export const originError = (call: CallContext, target: string, origin: string) =>
  lost(call, `not sent to ${quoteLine(target, call.keys)}`, `This client is for ${origin}: create another one.`);

export const keyFunctionError = (call: CallContext, error: unknown) =>
  new KonProError(tell(call, "not sent: the apiKey function failed", "See the cause."), {
    cause: copyOfCause(error, call.keys),
  });
