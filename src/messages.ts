import type { ErrorCode } from "../generated/operations.js";
import { contentTypeOf } from "./content-type.js";
import {
  KonProApiError,
  KonProConnectionError,
  KonProError,
  KonProResponseError,
  KonProTimeoutError,
} from "./errors.js";
import { copyOfCause, errorsOf, type KeyMask, namesCredential, peek } from "./masking.js";
import { parseUrl } from "./read-options.js";

/** What a message says of the call that an error ends. */
export interface CallContext {
  readonly method: string;
  /** The full URL, as far as it is known. */
  url: string;
  readonly mask: KeyMask;
  /** The option or environment variable that the key comes from. */
  readonly keySource: string;
  /** The same for the address. */
  readonly urlSource: string;
}

/** `METHOD URL: what happened, how often. What to do.` */
function tell(call: CallContext, what: string, advice: string, attempts = 1): string {
  const often = attempts > 1 ? `, after ${attempts} attempts` : "";
  return call.mask.text(`${call.method} ${withoutQueryValues(call.url)}: ${what}${often}. ${advice}`);
}

/** The names of a query are worth seeing; its values may be anything. */
const withoutQueryValues = (url: string) => url.replace(/\?.*/s, (query) => query.replace(/=[^&]*/g, "=…"));

/** Makes an error of an answer with an error status, whatever its body looks like. */
export function apiError(
  call: CallContext,
  response: Response,
  body: unknown,
  retryAfter: number | undefined,
  attempts: number,
): KonProApiError {
  const { status, headers } = response;
  const { code, requestId, details, explanation } = readProblem(body, response, call.mask);
  const what = [code ? `${status} ${code}` : status, explanation].filter(Boolean).join(": ");
  const told = requestId ? `${what} (request ${requestId})` : what;
  const wait = retryAfter ? ` Wait ${retryAfter} s before the next call.` : "";
  const message = tell(call, told, adviceFor(status, call) + wait, attempts);
  return new KonProApiError(message, { status, code, requestId, retryAfter, attempts, details, body, headers });
}

function adviceFor(status: number, { keySource, urlSource }: CallContext): string {
  switch (status) {
    case 400:
    case 422:
      return "Correct the request; the error's details may say where.";
    case 401:
      return `Check the API key (${keySource}).`;
    case 403:
      return `Check what this key (${keySource}) and the account's plan allow.`;
    case 404:
      return `Check the address (${urlSource}) and the identifiers in the call.`;
    case 429:
      return "Make fewer calls: limits count per minute and per day.";
  }
  return status >= 500 ? "The server failed: try again later." : "Look at the error's body for the reason.";
}

interface Problem {
  code: ErrorCode | undefined;
  requestId: string | undefined;
  details: unknown;
  explanation: string;
}

/**
 * Reads the published form, `{ error: { code, message, details }, request_id }`, the flat forms that the vendor's own SDK expects,
 * RFC 9457's `title` and `detail`, and FastAPI's `detail`, which the vendor's own OpenAPI description declares.
 */
function readProblem(body: unknown, response: Response, mask: KeyMask): Problem {
  if (typeof body === "string" || body === undefined) {
    return {
      code: undefined,
      requestId: undefined,
      details: undefined,
      explanation: describeText(body, response, mask),
    };
  }
  const error = own(body, "error");
  const either = (name: string) => own(error, name) ?? own(body, name);
  const detail = own(body, "detail");
  const list = Array.isArray(detail) ? detail : undefined;
  const sentence =
    textOf(either("message")) ??
    textOf(error) ??
    (list
      ? // More of them than a message has room for.
        list.slice(0, 100).map(misfit).filter(Boolean).join("; ")
      : [own(body, "title"), detail].map(textOf).filter(Boolean).join(": "));
  const code = wordOf(either("code"), mask);
  const requestId = wordOf(own(body, "request_id") ?? own(error, "request_id"), mask);
  return { code, requestId, details: either("details") ?? list, explanation: explain(sentence, code, mask) };
}

function explain(sentence: string, code: string | undefined, mask: KeyMask): string {
  if (!sentence) return code ? "" : "the body has a form that is not known here (see error.body)";
  if (namesCredential(sentence)) return "the explanation names a credential and is left out here (see error.body)";
  return mask.line(sentence).replace(/\.$/, "");
}

/** One misfit in FastAPI's list: `{ loc: ["body", "url"], msg: "field required" }`. */
function misfit(item: unknown): string | undefined {
  const place = own(item, "loc");
  const message = textOf(own(item, "msg"));
  return message && Array.isArray(place) ? `${place.map(textOf).join(".")}: ${message}` : message;
}

/** An own member of a JSON value. */
function own(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? peek(value, name) : undefined;
}

const textOf = (value: unknown) =>
  (typeof value === "string" || typeof value === "number" ? `${value}`.trim() : "") || undefined;

/** A code or an identifier; what is longer, or a sentence that names a credential, is none. */
function wordOf(value: unknown, mask: KeyMask): string | undefined {
  const text = textOf(value);
  if (text === undefined || text.length > 200 || (/[^\w.-]/.test(text) && namesCredential(text))) return undefined;
  return mask.line(text);
}

/** What a body is that is text: it is never quoted, as nobody knows what it holds. */
function describeText(body: string | undefined, response: Response, mask: KeyMask): string {
  if (!body) {
    const reason = textOf(response.statusText);
    return reason && !namesCredential(reason) ? `${mask.line(reason)}, without a body` : "an answer without a body";
  }
  const kind = /^\s*</.test(body) ? "HTML or XML" : "text";
  const type = contentTypeOf(response.headers) ?? "no content type";
  return `the body is no JSON object but ${kind} (${type}, ${body.length} characters; see error.body)`;
}

/** A success that has no body although the contract promises one. */
export function missingBody(call: CallContext, response: Response, attempts: number): KonProResponseError {
  return responseError(call, response, "the body that the contract promises is missing", attempts);
}

/** A success that is not JSON; what the parser says of it may quote it, and is not repeated. */
export function notJson(
  call: CallContext,
  response: Response,
  parserError: unknown,
  attempts: number,
): KonProResponseError {
  const said = String(peek(parserError, "message"));
  const [, position] = /position (\d+)/.exec(said) ?? [];
  const where = /^Unexpected token '?</.test(said)
    ? "it starts like HTML"
    : /end of JSON|unterminated/i.test(said)
      ? "it ends too early"
      : position && `the error is at character ${position}`;
  const length = response.headers.get("content-length");
  const facts = [
    contentTypeOf(response.headers) ?? "no content type",
    length && /^\d+$/.test(length) && `${length} bytes`,
    where,
  ];
  return responseError(call, response, `the body is not JSON (${facts.filter(Boolean).join(", ")})`, attempts);
}

function responseError(call: CallContext, { status, headers }: Response, problem: string, attempts: number) {
  const type = contentTypeOf(headers);
  const contentType = type && call.mask.text(type);
  const advice = `Check that ${call.urlSource} leads to the API itself and not to a proxy or a login page.`;
  return new KonProResponseError(tell(call, `${status}, but ${problem}`, advice, attempts), { status, contentType });
}

/** There was no answer, or not all of it. */
export function connectionError(call: CallContext, cause: unknown, attempts: number, response?: Response) {
  const { code, text } = deepestCause(cause);
  const reason = call.mask.line(text);
  const what = response ? `the ${response.status} answer broke off: ${reason}` : `no answer: ${reason}`;
  const message = tell(call, what, networkAdvice(`${code} ${text}`, call), attempts);
  return new KonProConnectionError(message, { attempts, cause: copyOfCause(cause, call.mask) });
}

/** The platform says what happened in the last of a chain of causes: the first is always "fetch failed". */
function deepestCause(error: unknown): { code: string; text: string } {
  let deepest = error;
  for (let depth = 0; depth < 8; depth++) {
    const next = peek(deepest, "cause") ?? errorsOf(deepest)?.[0];
    if (typeof next !== "object" || next === null) break;
    deepest = next;
  }
  const code = textOf(peek(deepest, "code")) ?? "";
  const message = textOf(deepest) ?? textOf(peek(deepest, "message")) ?? textOf(peek(deepest, "name")) ?? "unknown";
  return { code, text: code && !message.includes(code) ? `${message} (${code})` : message };
}

/** What to do about a failure of the network, by what its text holds. */
const NETWORK_ADVICE: [RegExp, (call: CallContext) => string][] = [
  [/ENOTFOUND|EAI_AGAIN/, ({ urlSource }) => `Check the host name (${urlSource}) and this machine's DNS.`],
  [/ECONNREFUSED/, ({ urlSource }) => `Check host and port (${urlSource}), and that the server runs.`],
  [/WRONG_VERSION_NUMBER|EPROTO/, ({ urlSource }) => `Check that the server speaks https: there (${urlSource}).`],
  [
    /CERT|certificate|ERR_TLS|SSL/i,
    () => "Check the certificate, this machine's clock and its trusted authorities (NODE_EXTRA_CA_CERTS).",
  ],
  [/Proxy|\b407\b/, () => "Check the proxy's address and credentials."],
  [
    /UND_ERR_INVALID_ARG|UND_ERR_NOT_SUPPORTED/,
    () => "The dispatcher does not fit this fetch: use the dispatcher and the fetch of one undici version.",
  ],
];

const networkAdvice = (text: string, call: CallContext) =>
  NETWORK_ADVICE.find(([pattern]) => pattern.test(text))?.[1](call) ?? "Check the network, then call again.";

export function timeoutError(call: CallContext, timeout: number, attempts: number): KonProTimeoutError {
  const advice = "Give a longer timeout, or try again later.";
  return new KonProTimeoutError(tell(call, `no complete answer within ${timeout} ms`, advice, attempts), {
    timeout,
    attempts,
  });
}

/** A redirect: where it leads to is told, as far as a platform shows it and without its query. */
export function redirectError(
  call: CallContext,
  { status, headers }: Response,
  attempts: number,
): KonProConnectionError {
  const location = headers.get("location");
  // Masked before it is parsed, which writes some characters in another way.
  const target = location ? parseUrl(call.mask.text(location), call.url) : undefined;
  const where = target
    ? `${status} to ${call.mask.line(target.origin + target.pathname)}`
    : status || "the browser hides where to";
  const advice = `If that is where the API is, set baseUrl or the path to it; a redirect would take the key along.`;
  return new KonProConnectionError(tell(call, `redirect refused (${where})`, advice, attempts), { attempts });
}

/** The platform followed a redirect although it was told not to, as some polyfills do. */
export function followedError(call: CallContext, origin: string, attempts: number): KonProConnectionError {
  const what = `the answer comes from ${origin}, to which a redirect was followed`;
  const advice = 'Give a fetch that honours redirect: "manual", and change the API key if that host is not the API\'s.';
  return new KonProConnectionError(tell(call, what, advice, attempts), { attempts });
}

/** A call, or a middleware, that would take the key elsewhere. */
export function originError(call: CallContext & { readonly origin: string }, target: string, attempts: number) {
  const what = `not sent to ${target}: this client is for ${call.origin}`;
  const advice = "Make another client for another server; in a middleware, use the global fetch.";
  return new KonProConnectionError(tell(call, what, advice, attempts), { attempts });
}

export function keyFunctionError(call: CallContext, cause: unknown): KonProError {
  const message = tell(call, "not sent: the apiKey function failed", "The cause says why.");
  return new KonProError(message, { cause: copyOfCause(cause, call.mask) });
}
