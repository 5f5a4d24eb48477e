import { redactor } from "./redaction.js";

/**
 * The base of every error this client makes; thrown itself when an `apiKey` function fails.
 *
 * No error of the client shows the API key or a webhook secret: not in its message, fields, causes or stack.
 *
 * @example
 * ```ts
 * try {
 *   await konpro.listWebhookEndpoints();
 * } catch (error) {
 *   if (!(error instanceof KonProError)) throw error;
 *   console.error(error.message);
 * }
 * ```
 */
export class KonProError<Fields extends object = object> extends Error {
  override get name(): string {
    return "KonProError";
  }
  constructor(message: string, fields?: Fields, options?: ErrorOptions) {
    super(message, options);
    Object.assign(this, fields);
  }
}

/**
 * The API answered with an error status. The vendor documents 400, 401, 403, 404, 429, 500 and 503:
 * {@link https://docs.konpro.ai/api/error-responses}.
 *
 * @example
 * ```ts
 * if (error instanceof KonProApiError && error.status === 429) {
 *   console.error(`Rate limit used up; wait ${error.retryAfter ?? "some"} s.`);
 * }
 * ```
 */
export class KonProApiError extends KonProError<
  Pick<KonProApiError, "status" | "code" | "requestId" | "details" | "retryAfter">
> {
  override get name(): "KonProApiError" {
    return "KonProApiError";
  }
  /** The HTTP status. */
  declare readonly status: number;
  /** The API's name for the error, such as `INVALID_API_KEY`. An open set. */
  declare readonly code: string | undefined;
  /** The API's name for the request, to quote to the vendor's support. */
  declare readonly requestId: string | undefined;
  /** What else the API says about the error, credentials masked. */
  declare readonly details: unknown;
  /** The wait that the API asks for in `Retry-After`, in seconds. */
  declare readonly retryAfter: number | undefined;
}

/**
 * There was no complete answer: the network failed, the answer broke off, or it was a redirect, which is never followed
 * since it would take the key along. The platform's own error is the `cause`.
 */
export class KonProConnectionError<Fields extends object = { attempts: number }> extends KonProError<Fields> {
  override get name(): "KonProConnectionError" | "KonProTimeoutError" {
    return "KonProConnectionError";
  }
  /** How many attempts were made. */
  declare readonly attempts: number;
}

/** The last attempt had no complete answer within `timeout`. */
export class KonProTimeoutError extends KonProConnectionError<{ attempts: number; timeout: number }> {
  override get name(): "KonProTimeoutError" {
    return "KonProTimeoutError";
  }
  /** The deadline of one attempt, in milliseconds. */
  declare readonly timeout: number;
}

/** The API answered with success, but not with what the contract promises: no JSON, or no body at all. */
export class KonProResponseError extends KonProError<{ status: number; contentType: string | null }> {
  override get name(): "KonProResponseError" {
    return "KonProResponseError";
  }
  /** The HTTP status. */
  declare readonly status: number;
  /** The answer's `Content-Type`, or null if it has none. */
  declare readonly contentType: string | null;
}

/** What an error says of the call it ended. */
export interface CallContext {
  readonly method: string;
  readonly path: string;
  /** The keys the call may have sent, to be masked. */
  readonly keys: readonly string[];
}

const ADVICE: Record<number, string> = {
  401: " Check the API key.",
  403: " The key may not do this: check its permissions and the plan.",
  429: " Limits count per minute and per day: make fewer calls.",
};

/** Makes an error of an answer with an error status, whatever its body looks like. */
export function apiError(call: CallContext, response: Response, body: unknown, retryAfter?: number): KonProApiError {
  const { text, clean } = redactor(call.keys);
  const { status, statusText } = response;
  // Published is { error: { code, message, details }, request_id }; the vendor's own SDK expects flat forms as well.
  const error = member(body, "error");
  const either = (name: string) => member(error, name) ?? member(body, name);
  // Masked before it is cut, or the cut might leave half a key.
  const masked = (word: string | undefined) => word && text(word).slice(0, 500);
  const code = masked(word(either("code")));
  const requestId = masked(word(member(body, "request_id") ?? member(error, "request_id")));
  const message = masked(word(either("message")) ?? word(error) ?? word(body) ?? word(statusText)) ?? "no explanation";
  const said = `${status} ${code ? `${code}: ` : ""}${message}${requestId ? ` (request ${requestId})` : ""}`;
  const advice = (ADVICE[status] ?? "") + (retryAfter === undefined ? "" : ` Wait ${retryAfter} s.`);
  const fields = { status, code, requestId, details: clean(either("details")), retryAfter };
  return new KonProApiError(`${call.method} ${call.path}: ${said}${advice}`, fields);
}

/** Makes an error of a success that breaks the contract. */
export function responseError(
  { method, path, keys }: CallContext,
  { status, headers }: Response,
  problem: string,
  options?: ErrorOptions,
): KonProResponseError {
  const { text, clean } = redactor(keys);
  const type = headers.get("content-type");
  return new KonProResponseError(
    text(`${method} ${path}: ${status}, but the body ${problem} (content type: ${type}).`),
    { status, contentType: type && text(type) },
    options && { cause: clean(options.cause) },
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value ? Reflect.get(value, name) : undefined;
}

/** A text worth showing: neither blank nor markup nor broken JSON. */
function word(value: unknown): string | undefined {
  const text = typeof value === "string" || typeof value === "number" ? `${value}`.trim() : "";
  return /^[^<[{]/.test(text) ? text : undefined;
}
