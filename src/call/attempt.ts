import type { HttpMethod } from "openapi-typescript-helpers";
import { hasResponsesWithoutBody, type Operation } from "../../generated/operations.js";
import { promisesBody } from "../declared.js";
import { type CallContext, connectionError, responseError, timeoutError } from "../messages.js";
import type { RawInit, Settings } from "../options.js";
import { startDeadline } from "./deadline.js";
import { createSend, type Send } from "./send.js";

/** What openapi-fetch resolves to, before its type is known. */
export interface Result {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** The operation that is called, or an unknown route. */
export interface Target extends Partial<Omit<Operation, "method">> {
  readonly id: string;
  readonly method: HttpMethod;
  readonly path: string;
}

/** What all attempts of a call share. */
export interface Call extends CallContext {
  readonly client: Settings;
  readonly target: Target;
  readonly keys: string[];
  /** Whether a request was sent that must not be repeated. */
  isUnsafe?: boolean;
  /** The caller's options, with the client's for those that the call does not have. */
  readonly options: RawInit;
  /** Of these, what openapi-fetch reads. */
  readonly request: RawInit;
  /** Of these, the members of `init` that only the platform's fetch reads. */
  readonly platform: object;
}

/** Has openapi-fetch build the request, send it and read the body. */
export type Run = (send: Send, signal: AbortSignal) => Promise<Result>;

/** How an attempt ended: with a result or an error. If the response was lost, another attempt may help. */
export interface Outcome {
  readonly result?: Result;
  readonly error?: unknown;
  readonly isLost?: boolean;
  /** The status of the response, if there was one. */
  readonly status?: number;
}

/**
 * Registered first, so that it sees the response last: a failure before this point comes from other middleware, one after it from
 * reading the body.
 */
export const watch = {
  onResponse({ options, response }: { options: { fetch: Send }; response: Response }): void {
    // If middleware has read the body, a later read error is not a network failure.
    if (!response.bodyUsed && !response.body?.locked) options.fetch.reading = response;
  },
};

/** Makes one attempt under the deadline. */
export async function attempt(call: Call, run: Run): Promise<Outcome> {
  const { timeout = 30_000, signal: caller, parseAs } = call.options;
  const deadline = startDeadline(timeout, caller);
  const send = createSend(call, deadline.signal);
  let isHandedOver = false;
  try {
    const result = await Promise.race([run(send, deadline.signal), deadline.over]);
    const { response, data } = result;
    const { status } = response;
    if (response.ok && data === undefined && mustHaveBody(call, status)) {
      return { error: responseError(call, response, "missing"), status };
    }
    isHandedOver = parseAs === "stream";
    return { result, status };
  } catch (error) {
    if (caller?.aborted) return { error: caller.reason };
    if (deadline.signal.aborted) return { error: timeoutError(call, timeout), isLost: true };
    if (send.isRunning) deadline.abort(); // a response that nobody will read must not hold its connection
    if (send.failure && send.failure.error === error) return send.failure;
    const { reading } = send;
    // Thrown by the caller's code, such as a middleware, or for an unknown `parseAs`.
    if (!reading || reading.bodyUsed === false) return { error };
    const { status } = reading;
    if (Object(error).name === "SyntaxError") return { error: responseError(call, reading, "not JSON"), status };
    return { ...connectionError(call, error, reading), status };
  } finally {
    deadline.end(isHandedOver);
  }
}

const mustHaveBody = ({ target: { bodies, method }, options: { parseAs = "json" } }: Call, status: number) =>
  bodies && method !== "head" && parseAs === "json" && (!hasResponsesWithoutBody || promisesBody(bodies, status));
