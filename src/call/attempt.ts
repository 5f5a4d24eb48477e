import { promisesBody } from "../declared.js";
import { peek } from "../masking.js";
import { type CallContext, connectionError, missingBody, notJson, timeoutError } from "../messages.js";
import type { ApiKeyProvider } from "../options.js";
import type { CallSettings, Settings } from "../read-options.js";
import { EXPIRED, startDeadline } from "./deadline.js";
import { createSend, type Send } from "./send.js";

/** What openapi-fetch resolves to, before its type is known. */
export interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** What all attempts of a call share. */
export interface Call extends CallContext {
  readonly client: Settings;
  readonly settings: CallSettings;
  /** The operation's id, or `METHOD path`. */
  readonly operation: string;
  /** Undefined where the contract asks for no key. */
  readonly apiKey: string | ApiKeyProvider | undefined;
  /** The `accept` header, unless the caller sets one. */
  readonly accept: string;
  /** For each declared success, whether it has a body; undefined where the answer may be empty. */
  readonly bodies: Readonly<Record<string, boolean>> | undefined;
  /** How the body of a success is read if it is not JSON; such a body may be empty. */
  readonly read: "text" | "blob" | undefined;
  /** Whether the body can be sent only once. */
  readonly isOneShot: boolean;
  /** Whether the body of the answer is handed over unread; the caller's signal then still applies to it. */
  readonly isStreamed: boolean;
  readonly Request: typeof Request;
  /** Has openapi-fetch build the request, send it and read the body. */
  run(send: Send, signal: AbortSignal): Promise<Answer>;
}

/** How an attempt ended: with an answer, or with an error, after which, if the answer was lost, another attempt may do better. */
export interface Outcome {
  readonly answer?: Answer;
  readonly error?: unknown;
  readonly isLost?: boolean;
  /** The status of the answer, if there was one. */
  readonly status?: number;
}

/**
 * Has to be the first middleware, which sees a request first and a response last. What fails before its `onResponse` is
 * another middleware; what fails after it is reading the body.
 */
export const watch = {
  onRequest({ options, request }: { options: { fetch: Send }; request: Request }): void {
    options.fetch.built = request;
  },
  onResponse({ options, response }: { options: { fetch: Send }; response: Response }): void {
    // If a middleware has read the body, it is no network failure that nobody else can.
    if (!response.bodyUsed && !response.body?.locked) options.fetch.reading = response;
  },
};

/** Makes one attempt under the deadline. */
export async function attempt(call: Call): Promise<Outcome> {
  const { timeout, signal: caller } = call.settings;
  const deadline = startDeadline(timeout, caller);
  const signal = call.isStreamed && caller ? AbortSignal.any([deadline.signal, caller]) : deadline.signal;
  const send = createSend(call, signal);
  try {
    const answer = await deadline.bound(() => call.run(send, signal));
    const { response, data } = answer;
    const isMissing = response.ok && data === undefined && call.bodies && promisesBody(call.bodies, response.status);
    if (!isMissing) return { answer };
    if (call.read) return { answer: { ...answer, data: await response[call.read]() } };
    return { error: missingBody(call, response), status: response.status };
  } catch (error) {
    deadline.abort();
    if (caller?.aborted) return { error: caller.reason };
    if (error === EXPIRED) return { error: timeoutError(call, timeout), isLost: true };
    if (error === send.failure) return { error, isLost: true };
    const { reading } = send;
    if (!reading) return { error }; // thrown by a middleware or other code of the caller's
    const { status } = reading;
    if (peek(error, "name") === "SyntaxError") return { error: notJson(call, reading, error), status };
    return { error: connectionError(call, error, reading), isLost: true, status };
  } finally {
    deadline.end();
  }
}
