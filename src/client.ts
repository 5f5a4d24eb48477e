import createClient, { defaultPathSerializer } from "openapi-fetch";
import type { HttpMethod, MediaType } from "openapi-typescript-helpers";
import { hasListsOrDatesInQuery, hasPathParameters, type Operation, operations } from "../generated/operations.js";
import { type Call, type Result, type Run, type Target, watch } from "./call/attempt.js";
import { untilAborted } from "./call/deadline.js";
import { type Clock, parseRetryAfter, systemClock, withRetries } from "./call/retry.js";
import { DraftRequest } from "./call/send.js";
import type { KonProClient } from "./call-types.js";
import { apiError } from "./messages.js";
import { type KonProClientOptions, type RawInit, readCallOptions, readOptions, type Settings } from "./options.js";
import { withPathGuard, withWritableQuery } from "./parameters.js";
import { quoteLine } from "./quote.js";

/**
 * Creates a client for the KonPro AI API.
 *
 * It is an openapi-fetch client (`GET`, `use`, …) with one method for each operation. A method resolves to the body of the 2xx
 * response and rejects otherwise. `GET` and the other verbs resolve to `{ data, error, response }` for 2xx and error responses, and
 * reject if there is no usable response.
 *
 * @param options - the API key, the base URL and how calls are made; each option has a default
 * @throws TypeError for an invalid option, and in a browser
 *
 * @example
 * ```ts
 * import { createKonProClient } from "konpro-client";
 *
 * const konpro = createKonProClient(); // the key comes from KONPRO_API_KEY
 * const { data: endpoints } = await konpro.listWebhookEndpoints();
 * ```
 * @see {@link https://docs.konpro.ai/api/authentication} for how to get an API key
 */
export function createKonProClient(options: KonProClientOptions = {}): KonProClient {
  return connect(options, systemClock);
}

/** Any path and method: the types of {@link KonProClient} decide what a caller may ask for. */
type UntypedPaths = Record<
  string,
  Record<HttpMethod, { requestBody?: { content: Record<MediaType, unknown> }; responses: Record<number, unknown> }>
>;

/** {@link createKonProClient} with a clock, which tests replace. */
export function connect(options: KonProClientOptions, clock: Clock): KonProClient {
  const settings = readOptions(options);
  // The client's headers are openapi-fetch's to merge: given with each call too, a list of values would be sent twice.
  const { headers = {}, ...init } = settings.init;
  const client: Settings = { ...settings, init };
  const { querySerializer = {} } = init;
  const inner = createClient<UntypedPaths>({ baseUrl: client.baseUrl, headers, querySerializer });
  inner.use(watch);
  let hasMiddleware = false;

  async function make(target: Target, init?: RawInit) {
    const call = prepare(client, target, init);
    const { request, options } = call;
    const run: Run = (send, signal) => {
      const isLookedAt = hasMiddleware || request.middleware;
      const Request = isLookedAt ? (options.Request ?? globalThis.Request) : DraftRequest;
      return inner.request(target.method, target.path, { ...request, fetch: send, signal, Request });
    };
    return { call, ...(await untilAborted(options.signal, () => withRetries(call, run, clock))) };
  }

  /** Resolves as openapi-fetch does, but always sets `error` for an error status, since callers branch on it. */
  async function request(method: HttpMethod, path: string, init?: RawInit): Promise<Result> {
    const known = targets.find((target) => target.method === method.toLowerCase() && target.path === path);
    const { call, ...result } = await make(known ?? { id: `${method.toUpperCase()} ${path}`, method, path }, init);
    const { response, error } = result;
    if (response.ok || error) return result;
    return { response, error: `${response.status} ${quoteLine(response.statusText, call.keys)}`.trim() };
  }

  /** An operation's method: the body of a 2xx response, or an error. */
  async function callMethod(target: Target, init?: RawInit): Promise<unknown> {
    const { call, data, error, response } = await make(target, init);
    if (response.ok) return data;
    throw apiError(call, response, error, parseRetryAfter(response.headers, clock.now()));
  }

  const use: KonProClient["use"] = (...middleware) => {
    hasMiddleware = true;
    inner.use(...middleware);
  };
  const verbs = METHODS.map((method) => [
    method.toUpperCase(),
    (path: string, init?: RawInit) => request(method, path, init),
  ]);
  const methods = targets.map((target) => [target.id, (init?: RawInit) => callMethod(target, init)]);
  // The table and the type come from the same contract; the contract tests show that they match.
  return Object.assign(Object.fromEntries([...verbs, ...methods]), { use, eject: inner.eject, request });
}

/** Checks a call's options and splits them by consumer: this client, openapi-fetch and the runtime's fetch. */
function prepare(client: Settings, target: Target, init?: RawInit): Call {
  const own = init === undefined ? {} : readCallOptions(init);
  refuseMissing(target, own);
  const options: RawInit = Object.assign(Object.create(null), client.init, own); // a polluted prototype sets no options
  const { timeout, maxRetries, fetch, onAttempt, signal, requestInitExt, ...request } = options;
  const { baseUrl, headers, params, body, parseAs, middleware, Request, ...rest } = request;
  const { querySerializer, bodySerializer, pathSerializer, ...platform } = rest;
  return {
    ...{ client, target, options },
    request: written(target, request),
    platform: { ...requestInitExt, ...platform },
    keys: typeof client.apiKey === "string" ? [client.apiKey] : [],
    method: target.method.toUpperCase(),
    url: client.baseUrl + target.path,
    attempts: 0,
  };
}

/** Corrects how openapi-fetch writes queries and paths. Bundlers drop the parts that no operation needs. */
function written({ path }: Target, init: RawInit): RawInit {
  const request = hasListsOrDatesInQuery ? withWritableQuery(init) : init;
  return hasPathParameters && path.includes("{") ? withPathGuard(request, defaultPathSerializer) : request;
}

/** Rejects a call without a required parameter or body, or with an empty parameter, which the API might read as "all". */
function refuseMissing({ id, needs = [] }: Target, init: RawInit): void {
  for (const place of needs) {
    const value = place.reduce<unknown>((whole, name) => Object(whole)[name], init);
    const isBody = place.length === 1;
    if (isBody ? value !== undefined : `${value ?? ""}`) continue;
    throw new TypeError(`${id} needs ${place.join(".")}${isBody ? ": { body: { … } }" : ""}.`);
  }
}

const METHODS: HttpMethod[] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

// Made once, so that a client is cheap to make; marked pure, so that bundlers can drop it.
const table = /* @__PURE__ */ Object.entries<Operation>(operations);
const targets: Target[] = /* @__PURE__ */ table.map(([id, operation]) => ({ id, bodies: {}, ...operation }));
