import type { Client, FetchOptions, ParseAs, ParseAsResponse } from "openapi-fetch";
import type {
  ErrorResponse,
  FilterKeys,
  GetResponseContent,
  HttpMethod,
  MediaType,
  PathsWithMethod,
  RequiredKeysOf,
  ResponseObjectMap,
} from "openapi-typescript-helpers";
import type { Operations } from "../generated/operations.js";
import type { paths } from "../generated/schema.js";
import type { CallOptions } from "./options.js";

/**
 * The options of one call: the operation's `params` and `body`, openapi-fetch's options, and {@link CallOptions}.
 *
 * @example
 * ```ts
 * import type { CallInit, operations } from "konpro-client";
 *
 * const init: CallInit<operations["listWebhookEndpoints"]> = {
 *   timeout: 5_000,
 *   signal: AbortSignal.timeout(60_000),
 * };
 * ```
 */
export type CallInit<Op, As extends ParseAs = "json"> = OrUndefined<Omit<FetchOptions<Op>, "fetch" | "parseAs">> &
  CallOptions & { parseAs?: As | undefined };

/** Each optional property may be present and undefined, under `exactOptionalPropertyTypes` too. */
type OrUndefined<T> = { [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K] };

type InitArguments<Op, As extends ParseAs> =
  RequiredKeysOf<FetchOptions<Op>> extends never ? [init?: CallInit<Op, As>] : [init: CallInit<Op, As>];

/** Takes the operation's name, as all types of a method do: an editor shows that instead of the whole operation. */
type MethodInit<Id extends keyof Operations> = Omit<CallInit<Operations[Id]>, "parseAs">;

type MethodArguments<Id extends keyof Operations> =
  RequiredKeysOf<FetchOptions<Operations[Id]>> extends never ? [init?: MethodInit<Id>] : [init: MethodInit<Id>];

type Responses = Record<string | number, unknown>;
type OkKey<R> = { [K in keyof R]: `${K & (string | number)}` extends `2${string}` ? K : never }[keyof R];
type Data<Op, As extends ParseAs> =
  ResponseObjectMap<Op> extends infer R extends Responses
    ? ParseAsResponse<GetResponseContent<R, MediaType, OkKey<R>>, { parseAs: As }>
    : never;
/** A string that the compiler knows is not empty, so that `if (error)` narrows a result. */
type ErrorText = `${string & {}}`;
/** The declared error body, or a string: a body that is not JSON, or the status line if there was no body. */
type Failure<Op> = (ResponseObjectMap<Op> extends infer R extends Responses ? ErrorResponse<R> : never) | ErrorText;
// Not openapi-fetch's FetchResponse: it strips markers we do not use, and turns `string & {}` into an object on the way.
type Result<Op, As extends ParseAs> =
  | { data: Data<Op, As>; error?: never; response: Response }
  | { data?: never; error: Failure<Op>; response: Response };

/**
 * Never matches a call. It makes the stricter methods below assignable to openapi-fetch's, which take any option. It has more
 * parameters than they have, so that the compiler reports a mistake at the wrong argument.
 */
type NotCallable = (this: "not to be called", ...args: [unknown, unknown, unknown, unknown]) => Promise<never>;

/**
 * The type of `GET` and the other HTTP methods of a client.
 *
 * @example
 * ```ts
 * import { createKonProClient, type Verb } from "konpro-client";
 *
 * export const GET: Verb<"get"> = createKonProClient().GET;
 * ```
 */
export interface Verb<Method extends HttpMethod> extends NotCallable {
  /**
   * Sends a request with this method. Resolves to `{ data, error, response }` for 2xx and error responses. Rejects if there is no usable
   * response: after a network failure or a timeout, for a redirect, and for a 2xx response whose body is missing or is not JSON.
   */
  <Path extends PathsWithMethod<paths, Method>, As extends ParseAs = "json">(
    path: Path,
    ...init: InitArguments<FilterKeys<paths[Path], Method>, As>
  ): Promise<Result<FilterKeys<paths[Path], Method>, As>>;
}

/**
 * The type of a client's `request`, which takes the HTTP method as an argument.
 *
 * @example
 * ```ts
 * import { createKonProClient, type RequestVerb } from "konpro-client";
 *
 * export const request: RequestVerb = createKonProClient().request;
 * ```
 */
export interface RequestVerb extends NotCallable {
  /** Sends a request with any method. Resolves and rejects as {@link Verb} does. */
  <Method extends HttpMethod, Path extends PathsWithMethod<paths, Method>, As extends ParseAs = "json">(
    method: Method,
    path: Path,
    ...init: InitArguments<FilterKeys<paths[Path], Method>, As>
  ): Promise<Result<FilterKeys<paths[Path], Method>, As>>;
}

/** Calls one operation. Resolves to the body of the 2xx response and rejects otherwise, with a `KonProError` if the call failed. */
// A separate type, so that the compiler looks only into the operation that is called.
// It has no `parseAs`, unlike GET, so that it is a plain function, which a stub can replace.
export type OperationMethod<Id extends keyof Operations> = (
  ...init: MethodArguments<Id>
) => Promise<Data<Operations[Id], "json">>;

/** One method for each operation of the contract. */
export type OperationMethods = { [Id in keyof Operations]: OperationMethod<Id> };

/**
 * Replaces extensible unions (`"a" | (string & {})`) with `string` or `number`. Generic types of openapi-typescript-helpers, which
 * other tools use, would turn `string & {}` into an object (openapi-ts/openapi-typescript#2615).
 */
type Plain<T> = unknown extends T
  ? T
  : string extends T
    ? string | Plain<Exclude<T, string>>
    : number extends T
      ? number | Plain<Exclude<T, number>>
      : T extends object
        ? { [K in keyof T]: Plain<T[K]> }
        : T;

/**
 * An openapi-fetch client with retries and deadlines, and with a method for each operation.
 *
 * @example
 * ```ts
 * import type { KonProClient } from "konpro-client";
 *
 * // Takes a client, or in a test an object with this one method.
 * type Konpro = Pick<KonProClient, "listWebhookEndpoints">;
 * const countEndpoints = async (konpro: Konpro) =>
 *   (await konpro.listWebhookEndpoints()).data.length;
 * ```
 */
// TRACE, which fetch forbids, has openapi-fetch's own type: openapi-react-query and others infer the paths from it.
export interface KonProClient extends Pick<Client<Plain<paths>>, "TRACE" | "use" | "eject">, OperationMethods {
  /** Sends a request with any method: see {@link RequestVerb}. */
  request: RequestVerb;
  /** Sends a GET request and resolves to `{ data, error, response }`: see {@link Verb}. */
  GET: Verb<"get">;
  /** Sends a PUT request and resolves to `{ data, error, response }`: see {@link Verb}. */
  PUT: Verb<"put">;
  /** Sends a POST request and resolves to `{ data, error, response }`: see {@link Verb}. */
  POST: Verb<"post">;
  /** Sends a DELETE request and resolves to `{ data, error, response }`: see {@link Verb}. */
  DELETE: Verb<"delete">;
  /** Sends an OPTIONS request and resolves to `{ data, error, response }`: see {@link Verb}. */
  OPTIONS: Verb<"options">;
  /** Sends a HEAD request and resolves to `{ data, error, response }`: see {@link Verb}. */
  HEAD: Verb<"head">;
  /** Sends a PATCH request and resolves to `{ data, error, response }`: see {@link Verb}. */
  PATCH: Verb<"patch">;
}
