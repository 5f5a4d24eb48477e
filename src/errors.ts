import { redactor } from "./redaction.js";

/**
 * The base of every error this client makes. Thrown itself when `apiKey` is a function that fails.
 *
 * No error of the client shows the API key or a webhook secret: not in its message, fields, causes or stack.
 *
 * @example
 * ```ts
 * try {
 *   await konpro.listWebhookEndpoints();
 * } catch (error) {
 *   if (error instanceof KonProError) console.error(error.message);
 *   else throw error;
 * }
 * ```
 */
export class KonProError extends Error {
  override get name(): string {
    return "KonProError";
  }
}

/**
 * The API answered with an error status.
 *
 * The vendor documents 400, 401, 403, 404, 429, 500 and 503 ({@link https://docs.konpro.ai/api/error-responses}).
 *
 * @example
 * ```ts
 * if (error instanceof KonProApiError && error.status === 429) {
 *   console.log(`rate limited; try again in ${error.retryAfter ?? "some"} s`);
 * }
 * ```
 */
export class KonProApiError extends KonProError {
  override get name(): "KonProApiError" {
    return "KonProApiError";
  }
  /** The HTTP status. */
  declare readonly status: number;
  /** The API's name for the error, such as `INVALID_API_KEY`. An open set. */
  declare readonly code: string | undefined;
  /** The API's name for the request, to quote to the vendor's support. */
  declare readonly requestId: string | undefined;
  /** What else the API says about the error, with credentials masked. */
  declare readonly details: unknown;
  /** The wait that the API asks for in `Retry-After`, in seconds. */
  declare readonly retryAfter: number | undefined;

  constructor(
    message: string,
    fields: Pick<KonProApiError, "status" | "code" | "requestId" | "details" | "retryAfter">,
    options?: ErrorOptions,
  ) {
    super(message, options);
    Object.assign(this, fields);
  }
}

/**
 * There was no complete answer: the network failed, the answer was cut short, or it was a redirect, which the client
 * does not follow. The platform's own error is the `cause`.
 */
export class KonProConnectionError extends KonProError {
  override get name(): "KonProConnectionError" | "KonProTimeoutError" {
    return "KonProConnectionError";
  }
  /** How many attempts were made. */
  declare readonly attempts: number;

  constructor(message: string, fields: { attempts: number }, options?: ErrorOptions) {
    super(message, options);
    Object.assign(this, fields);
  }
}

/** There was no complete answer within `timeout`, in the last attempt that was made. */
export class KonProTimeoutError extends KonProConnectionError {
  override get name(): "KonProTimeoutError" {
    return "KonProTimeoutError";
  }
  /** The deadline of one attempt, in milliseconds. */
  declare readonly timeout: number;

  constructor(message: string, fields: { attempts: number; timeout: number }, options?: ErrorOptions) {
    super(message, fields, options);
  }
}

/** The API answered with success, but not with what its contract promises: no JSON, or no body at all. */
export class KonProResponseError extends KonProError {
  override get name(): "KonProResponseError" {
    return "KonProResponseError";
  }
  /** The HTTP status. */
  declare readonly status: number;
  /** The answer's `Content-Type`, or null if it had none. */
  declare readonly contentType: string | null;

  constructor(message: string, fields: { status: number; contentType: string | null }, options?: ErrorOptions) {
    super(message, options);
    Object.assign(this, fields);
  }
}

/** What an error says of the call it ended. */
export interface CallContext {
  readonly method: string;
  readonly path: string;
  /** The keys the call may have sent, to be masked. */
  readonly keys: readonly string[];
}

const ADVICE: Record<number, string> = {
  401: "Check the key in KONPRO_API_KEY or `apiKey`; it may be mistyped, or deleted in KonPro Studio.",
  403: "The key is valid but may not do this: check its permissions, or the plan.",
  429: "Limits count per minute and per day: make fewer calls.",
};

/** Makes an error of an answer with an error status, whatever its body looks like. */
export function apiError(call: CallContext, response: Response, body: unknown, retryAfter?: number): KonProApiError {
  const { text, json } = redactor(call.keys);
  const { status } = response;
  // Published is { error: { code, message, details }, request_id }; the vendor's own SDK expects the flat forms as well.
  const inner = member(body, "error");
  const code = word(member(inner, "code")) ?? word(member(body, "code"));
  const said =
    word(member(inner, "message")) ?? word(member(body, "message")) ?? word(inner) ?? word(body) ?? response.statusText;
  const requestId = word(member(body, "request_id")) ?? word(member(inner, "request_id"));
  const details = member(inner, "details") ?? member(body, "details");

  const parts = [
    `${call.method} ${call.path}: ${[status, code].filter(Boolean).join(" ")}${said ? `: ${said}` : ""}`,
    requestId && `(request ${requestId})`,
    ADVICE[status],
    retryAfter !== undefined && `The API asks to wait ${retryAfter} s.`,
  ];
  return new KonProApiError(text(parts.filter(Boolean).join(" ")), {
    status,
    code: code && text(code),
    requestId: requestId && text(requestId),
    details: json(details),
    retryAfter,
  });
}

/** Makes an error of a success that breaks the contract. */
export function responseError(
  call: CallContext,
  response: Response,
  problem: string,
  cause?: unknown,
): KonProResponseError {
  const clean = redactor(call.keys);
  const contentType = response.headers.get("content-type");
  const message = `${call.method} ${call.path}: ${response.status}, but the body ${problem} (content type: ${contentType ?? "none"}).`;
  return new KonProResponseError(
    clean.text(message),
    { status: response.status, contentType: contentType && clean.text(contentType) },
    cause === undefined ? {} : { cause: clean.cause(cause) },
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** A text worth showing: neither blank nor markup nor broken JSON, and not endless. */
function word(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^\s*[^<[{\s]/.test(text) ? text.trim().slice(0, 500) : undefined;
}
