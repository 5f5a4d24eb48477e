import createClient, { defaultPathSerializer, mergeHeaders } from "openapi-fetch";
import type { HttpMethod, MediaType } from "openapi-typescript-helpers";
import { type Operation, operations } from "../generated/operations.js";
import { type Answer, type Call, watch } from "./call/attempt.js";
import { type Clock, parseRetryAfter, systemClock, withRetries } from "./call/retry.js";
import { DraftRequest } from "./call/send.js";
import type { KonProClient } from "./call-types.js";
import { KeyMask } from "./masking.js";
import { apiError } from "./messages.js";
import type { KonProClientOptions } from "./options.js";
import { keepingSegments, writableQuery } from "./parameters.js";
import { type CallSettings, type RawInit, readCallOptions, readOptions } from "./read-options.js";

/**
 * Creates a client of the KonPro AI API.
 *
 * It is an openapi-fetch client (`GET`, `use`, …) with one method for each operation of the contract. A method resolves to
 * the body of the success and throws otherwise; `GET` and its like resolve to `{ data, error, response }` for every
 * answer, and throw when there is none.
 *
 * @param options - where the API is, the key, and how calls are made; all of them have defaults
 * @throws TypeError for an option that could not work, and in a browser
 *
 * @example
 * ```ts
 * import { createKonProClient } from "konpro-client";
 *
 * const konpro = createKonProClient(); // the key comes from KONPRO_API_KEY
 * const { data: endpoints } = await konpro.listWebhookEndpoints();
 * ```
 * @see {@link https://docs.konpro.ai/api/authentication} for where the key comes from
 */
export function createKonProClient(options: KonProClientOptions = {}): KonProClient {
  return connect(options, systemClock);
}

/** Any path and method: what a caller may ask for is settled by the types of {@link KonProClient}. */
type UntypedPaths = Record<
  string,
  Record<HttpMethod, { requestBody?: { content: Record<MediaType, unknown> }; responses: Record<number, unknown> }>
>;

/** {@link createKonProClient} with time and chance given from outside. */
export function connect(options: KonProClientOptions, clock: Clock): KonProClient {
  const settings = readOptions(options);
  const { origin, href } = settings.url;
  const baseUrl = href.replace(/\/+$/, "");
  const inner = createClient<UntypedPaths>({ ...settings.others, baseUrl });
  let isWatched = false;
  const asTheClient: { settings: CallSettings; others: RawInit } = { settings, others: {} };
  // A key that never changes is one to mask in all calls; others are those of their call.
  const keyMask = typeof settings.apiKey === "string" ? new KeyMask(settings.apiKey) : undefined;

  function prepare(
    id: string,
    method: HttpMethod,
    path: string,
    operation: Operation | undefined,
    init: RawInit | undefined,
  ): Call {
    const { settings: own, others } = init === undefined ? asTheClient : readCallOptions(init, settings);
    const { middleware = [], Request = settings.others.Request, ...rest } = others;
    const parseAs = rest.parseAs ?? operation?.read ?? "json";
    const hasMiddleware = isWatched || middleware.length > 0;
    const isLookedAt = hasMiddleware || own.fetch !== undefined || Request !== undefined;
    const request = { ...rest, ...checkedParameters(path, rest, settings.others), parseAs };
    if (operation?.body && init?.body !== undefined) {
      request.headers = mergeHeaders({ "content-type": operation.body }, settings.others.headers, rest.headers);
    }
    return {
      ...own,
      operation: id,
      method: method.toUpperCase(),
      path,
      url: baseUrl + path,
      origin,
      apiKey: operation?.keyless ? undefined : settings.apiKey,
      keySource: settings.keySource,
      urlSource: settings.urlSource,
      mask: keyMask ?? new KeyMask(),
      accept: operation?.accept ?? "application/json",
      bodies:
        operation && parseAs === (operation.read ?? "json") && method !== "head" ? (operation.bodies ?? {}) : undefined,
      read: operation?.read,
      isOneShot: isOneShot(init?.body),
      isStreamed: parseAs === "stream",
      hasMiddleware,
      Request: Request ?? globalThis.Request,
      platformInit: isLookedAt ? platformInit({ ...settings.others, ...rest }) : {},
      run(send, signal) {
        if (!isLookedAt) return inner.request(method, path, { ...request, fetch: send, Request: DraftRequest });
        const all = hasMiddleware && !isWatched ? [watch, ...middleware] : middleware;
        return inner.request(method, path, {
          ...request,
          fetch: send,
          ...(Request && { Request }),
          signal,
          middleware: all,
        });
      },
    };
  }

  /** As openapi-fetch answers; but callers decide by `error`, so an error status always comes with one. */
  async function request(method: HttpMethod, path: string, init?: RawInit): Promise<Answer> {
    const route = routeOf(method, path);
    const [id, operation] = byRoute.get(route) ?? [route, undefined];
    const call = prepare(id, method, path, operation, init);
    const { answer } = await withRetries(call, clock);
    const { response, error } = answer;
    if (response.ok || error) return answer;
    return { response, error: call.mask.line(`${response.status} ${response.statusText}`) };
  }

  const verbs = METHODS.map((method) => [
    method.toUpperCase(),
    (path: string, init?: RawInit) => request(method, path, init),
  ]);
  const use: KonProClient["use"] = (...middleware) => {
    if (!isWatched) inner.use(watch);
    isWatched = true;
    inner.use(...middleware);
  };
  // The table and the type are made from the same contract; that their entries fit is what the contract tests show.
  const client = { use, eject: inner.eject, request, ...Object.fromEntries(verbs) };
  for (const [id, operation] of table) {
    client[id] = async (init?: RawInit) => {
      const call = prepare(id, operation.method, operation.path, operation, init);
      const { answer, attempts } = await withRetries(call, clock);
      const { data, error, response } = answer;
      if (response.ok) return data;
      throw apiError(call, response, error, parseRetryAfter(response.headers, clock.now()), attempts);
    };
  }
  return client;
}

const METHODS: HttpMethod[] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const routeOf = (method: string, path: string) => `${method.toUpperCase()} ${path}`;

// Made once, so that a client is cheap to make however long the table is; marked pure, for bundlers to drop where there is none.
const table = /* @__PURE__ */ Object.entries<Operation>(operations);
const byRoute = /* @__PURE__ */ new Map(
  /* @__PURE__ */ table.map((entry) => [routeOf(entry[1].method, entry[1].path), entry]),
);

/** Parameters and body as openapi-fetch can write them, their place in the path kept. */
function checkedParameters(path: string, init: RawInit, client: KonProClientOptions): object {
  const { params, body, querySerializer = client.querySerializer, pathSerializer = client.pathSerializer } = init;
  const written: RawInit = {};
  if (body !== undefined) written.duplex = "half"; // what fetch asks for where the body is a stream, and takes for any other
  if (params?.query && typeof querySerializer !== "function")
    written.params = { ...params, query: writableQuery(params.query) };
  if (params?.path || path.includes("{")) {
    written.params = { path: {}, ...params, ...written.params };
    written.pathSerializer = keepingSegments(pathSerializer ?? defaultPathSerializer);
  }
  return written;
}

/** What is left for `fetch` itself when openapi-fetch has taken its own options. */
function platformInit(init: RawInit): object {
  const {
    Request,
    baseUrl,
    headers,
    params,
    body,
    querySerializer,
    bodySerializer,
    pathSerializer,
    requestInitExt,
    ...platform
  } = init;
  return platform;
}

/** Whether a body can be sent only once: a stream, or what else is read bit by bit. */
const isOneShot = (body: unknown) =>
  typeof body === "object" && body !== null && ("getReader" in body || Symbol.asyncIterator in body);
