import createClient, { type Client, type FetchOptions, type ParseAs, type ParseAsResponse } from "openapi-fetch";
import type {
  ErrorResponse,
  FilterKeys,
  HttpMethod,
  MediaType,
  PathsWithMethod,
  RequiredKeysOf,
  ResponseObjectMap,
  SuccessResponse,
} from "openapi-typescript-helpers";
import { type Operation, type Operations, operations } from "../generated/operations.js";
import type { paths } from "../generated/schema.js";
import { apiError, responseError } from "./errors.js";
import { type CallOptions, type Fetch, type KonProClientOptions, readCallOptions, readOptions } from "./options.js";
import { redactor } from "./redaction.js";
import { type Clock, parseRetryAfter, systemClock, withRetries } from "./retry.js";
import { bodyWatch } from "./transport.js";

/** The options of one call: the operation's `params` and `body`, openapi-fetch's own, `timeout` and `maxRetries`. */
export type CallInit<Op, As extends ParseAs = "json"> = Omit<FetchOptions<Op>, "fetch" | "parseAs"> &
  CallOptions & { fetch?: Fetch | undefined; parseAs?: As };

type InitArguments<Op, As extends ParseAs> =
  RequiredKeysOf<FetchOptions<Op>> extends never ? [init?: CallInit<Op, As>] : [init: CallInit<Op, As>];

type Responses = Record<string | number, unknown>;
type Data<Op, As extends ParseAs> =
  ResponseObjectMap<Op> extends infer R extends Responses
    ? ParseAsResponse<SuccessResponse<R>, { parseAs: As }>
    : never;
type Failure<Op> = ResponseObjectMap<Op> extends infer R extends Responses ? ErrorResponse<R> : never;
// Not openapi-fetch's FetchResponse: it strips markers we do not use, and turns `string & {}` into an object on the way.
type Result<Op, As extends ParseAs> =
  | { data: Data<Op, As>; error?: never; response: Response }
  | { data?: never; error: Failure<Op>; response: Response };

/**
 * Never chosen in a call, as nobody has such a `this`; its text is what the compiler shows for a call that fits nothing. It makes
 * the stricter methods below assignable to openapi-fetch's, which take any option.
 */
type NotCallable = (
  this: "This call fits no operation of the contract: check its path, params, body and options",
  ...args: unknown[]
) => Promise<never>;

type Verb<Method extends HttpMethod> = (<Path extends PathsWithMethod<paths, Method>, As extends ParseAs = "json">(
  path: Path,
  ...init: InitArguments<FilterKeys<paths[Path], Method>, As>
) => Promise<Result<FilterKeys<paths[Path], Method>, As>>) &
  NotCallable;

type RequestVerb = (<
  Method extends HttpMethod,
  Path extends PathsWithMethod<paths, Method>,
  As extends ParseAs = "json",
>(
  method: Method,
  path: Path,
  ...init: InitArguments<FilterKeys<paths[Path], Method>, As>
) => Promise<Result<FilterKeys<paths[Path], Method>, As>>) &
  NotCallable;

/** Makes one operation's call: resolves to the body of the success and throws a {@link KonProError} else. */
// A name of its own, so that the compiler looks into the one operation that is called and not into all of them.
export type OperationMethod<Op> = <As extends ParseAs = "json">(
  ...init: InitArguments<Op, As>
) => Promise<Data<Op, As>>;

/** One method for each operation of the contract. */
export type OperationMethods = { [Id in keyof Operations]: OperationMethod<Operations[Id]> };

/** openapi-fetch's client, its calls retried and under a deadline, and a method for each operation. */
// TRACE, which fetch forbids, keeps openapi-fetch's own type: from it, openapi-react-query and the like infer the paths.
export interface KonProClient extends Pick<Client<paths>, "TRACE" | "use" | "eject">, OperationMethods {
  /** Makes a call of any method: resolves to `{ data, error, response }` for every answer. */
  request: RequestVerb;
  /** Makes a GET call: resolves to `{ data, error, response }` for every answer. */
  GET: Verb<"get">;
  /** Makes a PUT call: resolves to `{ data, error, response }` for every answer. */
  PUT: Verb<"put">;
  /** Makes a POST call: resolves to `{ data, error, response }` for every answer. */
  POST: Verb<"post">;
  /** Makes a DELETE call: resolves to `{ data, error, response }` for every answer. */
  DELETE: Verb<"delete">;
  /** Makes an OPTIONS call: resolves to `{ data, error, response }` for every answer. */
  OPTIONS: Verb<"options">;
  /** Makes a HEAD call: resolves to `{ data, error, response }` for every answer. */
  HEAD: Verb<"head">;
  /** Makes a PATCH call: resolves to `{ data, error, response }` for every answer. */
  PATCH: Verb<"patch">;
}

/**
 * Creates a client of the KonPro AI API.
 *
 * It is an openapi-fetch client (`GET`, `use`, …) with one method for each operation of the contract. A method resolves to
 * the body of the success and throws for everything else; `GET` and its like resolve to `{ data, error, response }` for every
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

/** An answer before its type is known. */
interface RawAnswer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** Any path and method: what a caller may ask for is settled by the types of {@link KonProClient}. */
type UntypedPaths = Record<
  string,
  Record<HttpMethod, { requestBody?: { content: Record<MediaType, unknown> }; responses: Record<number, unknown> }>
>;

interface RawInit extends CallOptions {
  signal?: AbortSignal | null;
  fetch?: Fetch | undefined;
  parseAs?: ParseAs;
  body?: unknown;
}

/** {@link createKonProClient} with time and chance given from outside. */
export function connect(options: KonProClientOptions, clock: Clock): KonProClient {
  const settings = readOptions(options);
  const { apiKey, baseUrl, fetch, timeout, maxRetries, signal, ...fetchOptions } = options;
  const inner = createClient<UntypedPaths>({ ...fetchOptions, baseUrl: settings.url.href.replace(/\/+$/, "") });
  inner.use(bodyWatch);
  const { origin } = settings.url;

  async function call(method: HttpMethod, path: string, operation: Operation | undefined, init?: RawInit) {
    const { timeout, maxRetries, fetch, signal = options.signal, ...rest } = init ?? {};
    const own = init ? readCallOptions(init, settings) : settings;
    const context = {
      method: method.toUpperCase(),
      path,
      origin,
      apiKey: operation?.keyless ? undefined : settings.apiKey,
      timeout: own.timeout,
      maxRetries: own.maxRetries,
      fetch: own.fetch,
      signal,
      body: init?.body,
      streamed: init?.parseAs === "stream",
      keys: [],
    };
    const run = (send: Fetch) => inner.request(method, path, { ...rest, fetch: send });
    const answer = await withRetries(context, run, clock);
    const { data, response } = answer;
    if (response.ok && data === undefined && promisesBody(context.method, operation, init?.parseAs, response.status)) {
      throw responseError(context, response, "is missing");
    }
    return { answer, context };
  }

  /** As openapi-fetch answers; but callers decide by `error`, so an error status always comes with one. */
  async function request(method: HttpMethod, path: string, init?: RawInit): Promise<RawAnswer> {
    const { answer, context } = await call(method, path, byRoute.get(route(method, path)), init);
    const { response, error } = answer;
    return response.ok || error ? answer : { response, error: statusLine(response, context.keys) };
  }

  const verbs = METHODS.map((method) => [
    method.toUpperCase(),
    (path: string, init?: RawInit) => request(method, path, init),
  ]);
  // The table and the type are made from the same contract; that their entries fit is what the contract tests show.
  const client = { use: inner.use, eject: inner.eject, request, ...Object.fromEntries(verbs) };
  for (const [id, operation] of table) {
    client[id] = async (init?: RawInit) => {
      const { answer, context } = await call(operation.method, operation.path, operation, init);
      const { data, error, response } = answer;
      if (response.ok) return data;
      throw apiError(context, response, error, parseRetryAfter(response.headers.get("retry-after"), clock.now()));
    };
  }
  return client;
}

const METHODS: HttpMethod[] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const route = (method: string, path: string) => `${method.toUpperCase()} ${path}`;

// Made once, so that a client is cheap to make however long the table is; marked pure, for bundlers to drop where there is none.
const table = /* @__PURE__ */ Object.entries<Operation>(operations);
const byRoute = /* @__PURE__ */ new Map(
  /* @__PURE__ */ table.map(([, operation]) => [route(operation.method, operation.path), operation]),
);

/** What there is to say of an error without a body, free of a key that a server may put there. */
const statusLine = ({ status, statusText }: Response, keys: readonly string[]) =>
  redactor(keys).text(`${status} ${statusText}`.trim());

function promisesBody(method: string, operation: Operation | undefined, parseAs: ParseAs = "json", status: number) {
  const bodyless = operation?.bodyless?.some((pattern) => pattern === String(status) || pattern === "2XX");
  return operation !== undefined && parseAs === "json" && method !== "HEAD" && !bodyless;
}
