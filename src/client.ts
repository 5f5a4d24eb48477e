import createClient, { type Client, defaultPathSerializer, mergeHeaders } from "openapi-fetch";
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
import { type CallSettings, type RawInit, readCallOptions, readOptions, type Settings } from "./read-options.js";

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

/** A client, as its calls need to know it. */
interface Connection {
  readonly settings: Settings;
  readonly baseUrl: string;
  readonly inner: Client<UntypedPaths>;
  /** A key that never changes is masked by one mask in all calls; another one by a mask of its call. */
  readonly keyMask: KeyMask | undefined;
  /** Whether `watch` comes before the client's own middleware: since its first `use()`. */
  isWatched: boolean;
}

/** What a caller gives, parted: ours, and what is openapi-fetch's and the platform's. */
interface CheckedInit {
  readonly settings: CallSettings;
  readonly others: Omit<RawInit, keyof CallSettings>;
}

/** What a call is for. */
interface Target {
  readonly id: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly operation: Operation | undefined;
}

/** {@link createKonProClient} with time and chance given from outside. */
export function connect(options: KonProClientOptions, clock: Clock): KonProClient {
  const settings = readOptions(options);
  const baseUrl = settings.url.href.replace(/\/+$/, "");
  const inner = createClient<UntypedPaths>({ ...settings.others, baseUrl });
  const keyMask = typeof settings.apiKey === "string" ? new KeyMask(settings.apiKey) : undefined;
  const connection: Connection = { settings, baseUrl, inner, keyMask, isWatched: false };

  /** As openapi-fetch answers; but callers decide by `error`, so an error status always comes with one. */
  async function request(method: HttpMethod, path: string, init?: RawInit): Promise<Answer> {
    const route = routeOf(method, path);
    const target = byRoute.get(route) ?? { id: route, method, path, operation: undefined };
    const call = prepare(connection, target, init);
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
    if (!connection.isWatched) inner.use(watch);
    connection.isWatched = true;
    inner.use(...middleware);
  };
  // The table and the type are made from the same contract; that their entries fit is what the contract tests show.
  const client = { use, eject: inner.eject, request, ...Object.fromEntries(verbs) };
  for (const target of targets) client[target.id] = (init?: RawInit) => callMethod(connection, target, init, clock);
  return client;
}

/** An operation's method: the body of a success, or an error. */
async function callMethod(connection: Connection, target: Target, init: RawInit | undefined, clock: Clock) {
  const call = prepare(connection, target, init);
  const { answer, attempts } = await withRetries(call, clock);
  const { data, error, response } = answer;
  if (response.ok) return data;
  throw apiError(call, response, error, parseRetryAfter(response.headers, clock.now()), attempts);
}

function prepare(connection: Connection, { id, method, path, operation }: Target, init: RawInit | undefined): Call {
  const { settings, baseUrl, keyMask } = connection;
  const { settings: own, others }: CheckedInit =
    init === undefined ? { settings, others: {} } : readCallOptions(init, settings);
  const { middleware = [], Request = settings.others.Request, parseAs = operation?.read ?? "json", ...rest } = others;
  const hasMiddleware = connection.isWatched || middleware.length > 0;
  const isLookedAt = hasMiddleware || own.fetch !== undefined || Request !== undefined;
  const typed = bodyType(operation, rest, settings);
  const request = { ...rest, ...checkedParameters(path, rest, settings.others), ...typed, parseAs };
  const isRead = operation && method !== "head" && parseAs === (operation.read ?? "json");
  return {
    ...settings,
    ...own,
    operation: id,
    method: method.toUpperCase(),
    path,
    url: baseUrl + path,
    origin: settings.url.origin,
    apiKey: operation?.keyless ? undefined : settings.apiKey,
    mask: keyMask ?? new KeyMask(),
    accept: operation?.accept ?? "application/json",
    bodies: isRead ? (operation.bodies ?? {}) : undefined,
    read: operation?.read,
    isOneShot: isOneShot(init?.body),
    isStreamed: parseAs === "stream",
    hasMiddleware,
    Request: Request ?? globalThis.Request,
    platformInit: isLookedAt ? platformInit({ ...settings.others, ...rest }) : {},
    run(send, signal) {
      const { inner, isWatched } = connection;
      if (!isLookedAt) return inner.request(method, path, { ...request, fetch: send, Request: DraftRequest });
      const all = hasMiddleware && !isWatched ? [watch, ...middleware] : middleware;
      const looked = { ...request, fetch: send, signal, middleware: all };
      return inner.request(method, path, Request ? { ...looked, Request } : looked);
    },
  };
}

/** A `+json` body goes out under its own name, unless the caller names another. */
function bodyType(
  operation: Operation | undefined,
  { body, headers }: Pick<RawInit, "body" | "headers">,
  { others }: Settings,
): Pick<RawInit, "headers"> {
  if (!operation?.body || body === undefined) return {};
  return { headers: mergeHeaders({ "content-type": operation.body }, others.headers, headers) };
}

const METHODS: HttpMethod[] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const routeOf = (method: string, path: string) => `${method.toUpperCase()} ${path}`;

// Made once, so that a client is cheap to make however long the table is; marked pure, for bundlers to drop where there is none.
const table = /* @__PURE__ */ Object.entries<Operation>(operations);
const targets: Target[] = /* @__PURE__ */ table.map(([id, operation]) => {
  const { method, path } = operation;
  return { id, method, path, operation };
});
const byRoute = /* @__PURE__ */ new Map(
  /* @__PURE__ */ targets.map((target) => [routeOf(target.method, target.path), target]),
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
