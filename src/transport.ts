import { keyHeader } from "../generated/operations.js";
import { type CallContext, KonProConnectionError, KonProError, KonProTimeoutError, responseError } from "./errors.js";
import { type ApiKeyProvider, type Fetch, readApiKey } from "./options.js";
import { redactor } from "./redaction.js";

/** One call, as the wire needs to know it. */
export interface Call extends CallContext {
  readonly origin: string;
  /** Undefined where the contract asks for no key. */
  readonly apiKey: string | ApiKeyProvider | undefined;
  readonly fetch: Fetch | undefined;
  readonly timeout: number;
  readonly signal: AbortSignal | null | undefined;
  /** Whether the body is handed over unread: the caller's signal then goes on governing it. */
  readonly streamed: boolean;
  /** The keys that were sent, added to by each attempt. */
  readonly keys: string[];
}

/** An attempt ends with an answer, or with a failure of the network, after which another attempt may do better. */
export type Outcome<Answer> = { answer: Answer } | { failure: KonProConnectionError };

const REDIRECTS = [301, 302, 303, 307, 308];

/** An attempt's `fetch`, by which a middleware knows the attempt. A WeakMap between them would cost more than all else here. */
interface Send extends Fetch {
  /** The response whose body is being read. */
  reading?: Response;
}

/**
 * Has to be the first middleware of the openapi-fetch client: the one registered first sees a response last, so what fails
 * after it is the reading of the body, and what fails before it is a middleware.
 */
export const bodyWatch = {
  onResponse({ options, response }: { options: { fetch: Send }; response: Response }): void {
    if (!isTaken(response)) options.fetch.reading = response;
  },
};

/**
 * Makes one attempt under the deadline. `run` is given the attempt's `fetch` and resolves to the answer, body read; an
 * error of its own, as a middleware may throw, is passed on as it is.
 *
 * @param number - which attempt of the call this is, from 1
 */
export async function attempt<Answer>(
  call: Call,
  number: number,
  run: (send: Fetch) => Promise<Answer>,
): Promise<Outcome<Answer>> {
  const where = `${call.method} ${call.path}`;
  const tries = number > 1 ? ` in ${number} attempts` : "";
  const controller = new AbortController();
  const { signal } = controller;
  let failure: KonProConnectionError | undefined;

  const connectionError = (message: string, options?: ErrorOptions) => {
    const { text, clean } = redactor(call.keys);
    return new KonProConnectionError(
      text(`${where}: ${message}.`),
      { attempts: number },
      options && { cause: clean(options.cause) },
    );
  };

  const askForKey = async (provider: ApiKeyProvider) => {
    try {
      return readApiKey(await provider());
    } catch (error) {
      const cause = redactor(call.keys).clean(error);
      throw new KonProError(`${where}: not sent: the apiKey function failed.`, {}, { cause });
    }
  };

  const send: Send = async (request, extension) => {
    if (!request.url.startsWith(`${call.origin}/`)) {
      throw connectionError(`not sent to ${new URL(request.url).origin}: the client is for ${call.origin}`);
    }
    const headers = Object.fromEntries(request.headers);
    if (call.apiKey !== undefined) {
      const key = typeof call.apiKey === "string" ? call.apiKey : await askForKey(call.apiKey);
      call.keys.push(key);
      headers[keyHeader] = key;
    }
    signal.throwIfAborted();
    const { fetch = globalThis.fetch } = call;
    const governing = call.streamed && call.signal ? AbortSignal.any([signal, call.signal]) : signal;
    const taken = isTaken(request);
    let response: Response;
    try {
      response = await fetch(request, { ...extension, headers, signal: governing, redirect: "manual" });
    } catch (cause) {
      signal.throwIfAborted();
      if (taken) throw cause;
      failure = connectionError(`no answer${tries}: ${reason(cause)}`, { cause });
      throw failure;
    }
    if (response.type === "opaqueredirect" || REDIRECTS.includes(response.status)) {
      response.body?.cancel().catch(() => {}); // nobody waits for it
      throw connectionError(`redirect refused${target(response, request.url)}`);
    }
    return response;
  };

  const cleanUps: (() => void)[] = [];
  try {
    // Settled by whichever comes first, since a key provider, a middleware or a given fetch may not heed the signal.
    const answer = await new Promise<Answer>((resolve, reject) => {
      const abort = (error: unknown) => {
        controller.abort(error);
        reject(error);
      };
      const timer = setTimeout(() => {
        const message = `${where}: no complete answer within ${call.timeout} ms${tries}.`;
        abort(new KonProTimeoutError(message, { attempts: number, timeout: call.timeout }));
      }, call.timeout);
      const unfollow = follow(call.signal, () => abort(call.signal?.reason));
      cleanUps.push(() => clearTimeout(timer), unfollow);
      run(send).then(resolve, reject);
    });
    return { answer };
  } catch (cause) {
    if (call.signal?.aborted) throw call.signal.reason;
    if (signal.aborted) return { failure: signal.reason };
    controller.abort(); // An answer that nobody will read must not hold its connection.
    if (failure && cause === failure) return { failure };
    const { reading } = send;
    if (!reading) throw cause;
    if (cause instanceof SyntaxError) throw responseError(call, reading, "is not JSON", { cause });
    const message = `the ${reading.status} answer broke off${tries}: ${reason(cause)}`;
    return { failure: connectionError(message, { cause }) };
  } finally {
    for (const cleanUp of cleanUps) cleanUp();
  }
}

/** What a network error says for itself; undici tells what lies behind its "fetch failed" only in the cause. */
function reason(error: unknown): string {
  const { message, cause } = Object(error);
  const { code, message: deeper } = Object(cause);
  return [message ?? "unknown", code ?? deeper].filter(Boolean).join(": ");
}

/** Status and origin of a redirect, as far as they are shown: a browser shows nothing of one that it did not follow. */
function target({ status, headers }: Response, base: string): string {
  const location = headers.get("location") || "//"; // no URL
  return status ? ` (${status}${URL.canParse(location, base) ? ` to ${new URL(location, base).origin}` : ""})` : "";
}

/** Whether a middleware reads the body itself: that nobody else can is then no failure of the network. */
const isTaken = ({ bodyUsed, body }: Request | Response) => bodyUsed || body?.locked === true;

interface Followers {
  readonly callbacks: Set<() => void>;
  handleEvent(): void;
}

const followers = new WeakMap<AbortSignal, Followers>();

/**
 * Calls back when the signal aborts, until the returned function is called. However many follow one signal, it has one
 * listener, and none when they have left; `AbortSignal.any` would cost more than the rest of a call, and memory for each.
 */
export function follow(signal: AbortSignal | null | undefined, onAbort: () => void): () => void {
  if (!signal) return () => {};
  const group = followers.get(signal) ?? {
    callbacks: new Set(),
    handleEvent() {
      for (const callback of this.callbacks) callback();
    },
  };
  followers.set(signal, group);
  group.callbacks.add(onAbort);
  signal.addEventListener("abort", group); // a second time, it changes nothing
  return () => {
    group.callbacks.delete(onAbort);
    if (group.callbacks.size === 0) signal.removeEventListener("abort", group);
  };
}
