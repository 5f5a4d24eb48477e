import { contentTypeOf } from "./content-type.js";
import { readProblem } from "./error-body.js";
import {
  KonProApiError,
  KonProConnectionError,
  KonProError,
  KonProResponseError,
  KonProTimeoutError,
} from "./errors.js";
import { copyOfCause, errorsOf, type KeyMask, peek, textOf } from "./masking.js";
import { parseUrl, type Settings } from "./read-options.js";
import { shownUrl } from "./shown-url.js";

/** What a message says of the call that an error ends. */
export interface CallContext {
  readonly method: string;
  /** The full URL, as far as it is known. */
  url: string;
  /** How many attempts were made. */
  attempts: number;
  readonly mask: KeyMask;
  readonly client: Pick<Settings, "keySource" | "urlSource" | "origin">;
}

/** `METHOD URL: what happened, how often. What to do.` */
export function tell({ mask, method, url, attempts }: CallContext, what: string, advice: string): string {
  return mask.text(
    `${method} ${shownUrl(url)}: ${what}${attempts > 1 ? `, after ${attempts} attempts` : ""}. ${advice}`,
  );
}

/** Makes an error of an answer with an error status, whatever its body looks like. */
export function apiError(call: CallContext, response: Response, body: unknown, retryAfter: number | undefined) {
  const { status, headers } = response;
  const { explanation, ...problem } = readProblem(body, response, call.mask);
  const { code, requestId } = problem;
  let what = [code ? `${status} ${code}` : status, explanation].filter(Boolean).join(": ");
  if (requestId) what += ` (request ${requestId})`;
  const wait = retryAfter ? ` Wait ${retryAfter} s before the next call.` : "";
  const message = tell(call, what, adviceFor(status, call.client) + wait);
  return new KonProApiError(message, { ...problem, status, retryAfter, attempts: call.attempts, body, headers });
}

function adviceFor(status: number, { keySource, urlSource }: CallContext["client"]): string {
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

/** A success that has no body although the contract promises one. */
export const missingBody = (call: CallContext, response: Response) =>
  responseError(call, response, "the body that the contract promises is missing");

/** A success that is not JSON; what the parser says of it may quote it, and is not repeated. */
export function notJson(call: CallContext, response: Response, parserError: unknown): KonProResponseError {
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
  return responseError(call, response, `the body is not JSON (${facts.filter(Boolean).join(", ")})`);
}

function responseError(call: CallContext, { status, headers }: Response, problem: string): KonProResponseError {
  const type = contentTypeOf(headers);
  const advice = `Check that ${call.client.urlSource} leads to the API itself and not to a proxy or a login page.`;
  const message = tell(call, `${status}, but ${problem}`, advice);
  return new KonProResponseError(message, { status, contentType: type && call.mask.text(type) });
}

/** What to do about a failure of the network, by what its text holds; `@` stands for where the address comes from. */
const NETWORK_ADVICE: [RegExp, string][] = [
  [/ENOTFOUND|EAI_AGAIN/, "Check the host name (@) and this machine's DNS."],
  [/ECONNREFUSED/, "Check host and port (@), and that the server runs."],
  [/WRONG_VERSION_NUMBER|EPROTO/, "Check that the server speaks https: there (@)."],
  [
    /CERT|certificate|ERR_TLS|SSL/i,
    "Check the certificate, this machine's clock and its trusted authorities (NODE_EXTRA_CA_CERTS).",
  ],
  [/Proxy|\b407\b/, "Check the proxy's address and credentials."],
  [/UND_ERR_(INVALID_ARG|NOT_SUPPORTED)/, "Use the dispatcher and the fetch of one undici version."],
];

/** There was no answer, or not all of it. */
export function connectionError(call: CallContext, cause: unknown, response?: Response): KonProConnectionError {
  const text = deepestCause(cause);
  const advice = NETWORK_ADVICE.find(([pattern]) => pattern.test(text))?.[1] ?? "Check the network, then call again.";
  const what = `${response ? `the ${response.status} answer broke off` : "no answer"}: ${call.mask.line(text)}`;
  const message = tell(call, what, advice.replace("@", call.client.urlSource));
  return new KonProConnectionError(message, { attempts: call.attempts, cause: copyOfCause(cause, call.mask) });
}

/** The platform says what happened in the last of a chain of causes: the first is always "fetch failed". */
function deepestCause(error: unknown): string {
  let deepest = error;
  for (let depth = 0; depth < 8; depth++) {
    const next = peek(deepest, "cause") ?? errorsOf(deepest)?.[0];
    if (typeof next !== "object" || next === null) break;
    deepest = next;
  }
  const code = textOf(peek(deepest, "code")) ?? "";
  const message = textOf(deepest) ?? textOf(peek(deepest, "message")) ?? textOf(peek(deepest, "name")) ?? "unknown";
  return message.includes(code) ? message : `${message} (${code})`;
}

export function timeoutError(call: CallContext, timeout: number): KonProTimeoutError {
  const what = `no complete answer within ${timeout} ms`;
  const message = tell(call, what, "Give a longer timeout, or try again later.");
  return new KonProTimeoutError(message, { timeout, attempts: call.attempts });
}

/** A redirect: the message says where to, as far as a platform shows it and without its query. */
export function redirectError(call: CallContext, { status, headers }: Response): KonProConnectionError {
  const location = headers.get("location");
  // Masked before it is parsed, which writes some characters in another way.
  const target = location ? parseUrl(call.mask.text(location), call.url) : undefined;
  const where = target
    ? `${status} to ${call.mask.line(target.origin + target.pathname)}`
    : status || "the browser hides where to";
  const advice = "If that is where the API is, set baseUrl or the path to it; a redirect would take the key along.";
  return new KonProConnectionError(tell(call, `redirect refused (${where})`, advice), call);
}

/** The platform followed a redirect although it was told not to, as some polyfills do. */
export function followedError(call: CallContext, origin: string): KonProConnectionError {
  const what = `the answer comes from ${origin}, to which a redirect was followed`;
  const advice = 'Give a fetch that honours redirect: "manual", and change the API key if that host is not the API\'s.';
  return new KonProConnectionError(tell(call, what, advice), call);
}

/** A call, or a middleware, that would take the key elsewhere. */
export function originError(call: CallContext, target: string): KonProConnectionError {
  const what = `not sent to ${target}: this client is for ${call.client.origin}`;
  const advice = "Make another client for another server; in a middleware, use the global fetch.";
  return new KonProConnectionError(tell(call, what, advice), call);
}

export const keyFunctionError = (call: CallContext, cause: unknown) =>
  new KonProError(tell(call, "not sent: the apiKey function failed", "The cause says why."), {
    cause: copyOfCause(cause, call.mask),
  });
