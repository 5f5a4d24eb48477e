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
import { type PassedOn, type RawInit, readCallOptions, readOptions, type Settings } from "./read-options.js";

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

/** Any path and method: the types of {@link KonProClient} decide what a caller may ask for. */
type UntypedPaths = Record<
  string,
  Record<HttpMethod, { requestBody?: { content: Record<MediaType, unknown> }; responses: Record<number, unknown> }>
>;

/** What all calls of a client share. */
interface Connection {
  readonly settings: Settings;
  readonly inner: Client<UntypedPaths>;
  /** Options that each call passes on to openapi-fetch, and from there to the platform. */
  readonly forEachCall: PassedOn;
  /** The mask of a key that never changes; for any other key, each call has a mask. */
  readonly mask: KeyMask | undefined;
  /** Whether `watch` runs before the client's own middleware, which it does from the first `use()` on. */
  isWatched: boolean;
}

/** The operation that is called, or a route that the contract does not have. */
interface Target extends Partial<Omit<Operation, "method">> {
  readonly id: string;
  readonly method: HttpMethod;
  readonly path: string;
}

/** {@link createKonProClient} with a clock, which tests replace. */
export function connect(options: KonProClientOptions, clock: Clock): KonProClient {
  const settings = readOptions(options);
  const { apiKey, baseUrl, others } = settings;
  const { headers, querySerializer, requestInitExt, ...forEachCall } = others;
  const inner = createClient<UntypedPaths>({ ...others, baseUrl });
  const mask = typeof apiKey === "string" ? new KeyMask(apiKey) : undefined;
  const connection: Connection = { settings, inner, forEachCall, mask, isWatched: false };

  /** Answers as openapi-fetch does, but an error status always has an `error`, since callers decide by it. */
  async function request(method: HttpMethod, path: string, init?: RawInit): Promise<Answer> {
    const id = routeOf(method, path);
    const call = prepare(connection, byRoute.get(id) ?? { id, method, path }, init);
    const answer = await withRetries(call, clock);
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
  // The table and the type come from the same contract; the contract tests show that they fit.
  const client = { use, eject: inner.eject, request, ...Object.fromEntries(verbs) };
  for (const target of targets) client[target.id] = (init?: RawInit) => callMethod(connection, target, init, clock);
  return client;
}

/** An operation's method: the body of a success, or an error. */
async function callMethod(connection: Connection, target: Target, init: RawInit | undefined, clock: Clock) {
  const call = prepare(connection, target, init);
  const { data, error, response } = await withRetries(call, clock);
  if (response.ok) return data;
  throw apiError(call, response, error, parseRetryAfter(response.headers, clock.now()));
}

function prepare(connection: Connection, target: Target, init: RawInit | undefined): Call {
  const { settings: client, inner, forEachCall, mask = new KeyMask() } = connection;
  const { id, method, path, keyless, accept = "application/json", bodies, read } = target;
  const { settings, others } = init === undefined ? { settings: client, others: {} } : readCallOptions(init, client);
  const { middleware = [], parseAs = read ?? "json", ...rest }: PassedOn = { ...forEachCall, ...others };
  const { Request } = rest;
  const request = { ...rest, ...checked(target, rest, client.others), parseAs, redirect: "manual" } as const;
  return {
    client,
    settings,
    operation: id,
    method: method.toUpperCase(),
    url: client.baseUrl + path,
    attempts: 0,
    apiKey: keyless ? undefined : client.apiKey,
    mask,
    accept,
    bodies: method !== "head" && parseAs === (read ?? "json") ? bodies : undefined,
    read,
    isOneShot: isOneShot(rest.body),
    isStreamed: parseAs === "stream",
    Request: Request ?? globalThis.Request,
    run(send, signal) {
      const { isWatched } = connection;
      const isLookedAt = isWatched || middleware.length > 0 || settings.fetch || Request;
      if (!isLookedAt) return inner.request(method, path, { ...request, fetch: send, signal, Request: DraftRequest });
      const all = isWatched || middleware.length === 0 ? middleware : [watch, ...middleware];
      return inner.request(method, path, { ...request, fetch: send, signal, middleware: all });
    },
  };
}

/** Corrects what openapi-fetch would send otherwise: parameters that could leave their place, and the type of a body. */
function checked({ path, body: type }: Target, init: PassedOn, client: KonProClientOptions): PassedOn {
  const { params, body, headers, querySerializer = client.querySerializer, pathSerializer } = init;
  const changed: PassedOn = {};
  if (body !== undefined) changed.duplex = "half"; // fetch requires it for a stream, and ignores it otherwise
  if (body !== undefined && type) {
    // A caller's own content type goes first.
    changed.headers = mergeHeaders({ "content-type": type }, client.headers, headers);
  }
  if (params?.query && typeof querySerializer !== "function") {
    changed.params = { ...params, query: writableQuery(params.query) };
  }
  if (params?.path || path.includes("{")) {
    changed.params = { path: {}, ...params, ...changed.params };
    changed.pathSerializer = keepingSegments(pathSerializer ?? defaultPathSerializer);
  }
  return changed;
}

const METHODS: HttpMethod[] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const routeOf = (method: string, path: string) => `${method.toUpperCase()} ${path}`;

// Made once, so that a client is cheap to make however long the table is; marked pure, so that bundlers can drop it.
const table = /* @__PURE__ */ Object.entries<Operation>(operations);
const targets: Target[] = /* @__PURE__ */ table.map(([id, operation]) => ({ id, bodies: {}, ...operation }));
const byRoute = /* @__PURE__ */ new Map(
  /* @__PURE__ */ targets.map((target) => [routeOf(target.method, target.path), target]),
);

/** Whether a body can be sent only once: a stream or another async iterable. */
const isOneShot = (body: unknown) =>
  typeof body === "object" && body !== null && ("getReader" in body || Symbol.asyncIterator in body);
