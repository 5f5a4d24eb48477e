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
 * The options of one call: the operation's `params` and `body`, openapi-fetch's own, and {@link CallOptions}.
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

/** Each optional member may be there and undefined, under `exactOptionalPropertyTypes` too. */
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
/** Text that is never empty, in a form that the compiler knows as such, so that `if (error)` narrows a result. */
type ErrorText = `${string & {}}`;
/** What the contract declares, or text: a body that is not JSON, or the status line where there was no body. */
type Failure<Op> = (ResponseObjectMap<Op> extends infer R extends Responses ? ErrorResponse<R> : never) | ErrorText;
// Not openapi-fetch's FetchResponse: it strips markers we do not use, and turns `string & {}` into an object on the way.
type Result<Op, As extends ParseAs> =
  | { data: Data<Op, As>; error?: never; response: Response }
  | { data?: never; error: Failure<Op>; response: Response };

/**
 * No call matches this, since nothing has such a `this`: it makes the stricter methods below assignable to openapi-fetch's, which take
 * any option. It has more arguments than theirs, so that the compiler reports a wrong call at the argument that is wrong.
 */
type NotCallable = (this: "not to be called", ...args: [unknown, unknown, unknown, unknown]) => Promise<never>;

/**
 * `GET` and the other HTTP methods of a client.
 *
 * @example
 * ```ts
 * import { createKonProClient, type Verb } from "konpro-client";
 *
 * export const GET: Verb<"get"> = createKonProClient().GET;
 * ```
 */
export interface Verb<Method extends HttpMethod> extends NotCallable {
  /** Makes a call of this method: resolves to `{ data, error, response }` for every response. */
  <Path extends PathsWithMethod<paths, Method>, As extends ParseAs = "json">(
    path: Path,
    ...init: InitArguments<FilterKeys<paths[Path], Method>, As>
  ): Promise<Result<FilterKeys<paths[Path], Method>, As>>;
}

/**
 * `request` of a client, which takes the HTTP method.
 *
 * @example
 * ```ts
 * import { createKonProClient, type RequestVerb } from "konpro-client";
 *
 * export const request: RequestVerb = createKonProClient().request;
 * ```
 */
export interface RequestVerb extends NotCallable {
  /** Makes a call of any method: resolves to `{ data, error, response }` for every response. */
  <Method extends HttpMethod, Path extends PathsWithMethod<paths, Method>, As extends ParseAs = "json">(
    method: Method,
    path: Path,
    ...init: InitArguments<FilterKeys<paths[Path], Method>, As>
  ): Promise<Result<FilterKeys<paths[Path], Method>, As>>;
}

/** Makes one operation's call: resolves to the body of the 2xx response and throws a `KonProError` otherwise. */
// A name of its own, so that the compiler looks into the one operation that is called and not into all of them.
// And without `parseAs`, which GET has: so it is a plain function, which a stub of one method can replace.
export type OperationMethod<Id extends keyof Operations> = (
  ...init: MethodArguments<Id>
) => Promise<Data<Operations[Id], "json">>;

/** One method for each operation of the contract. */
export type OperationMethods = { [Id in keyof Operations]: OperationMethod<Id> };

/**
 * A type in which open sets are plain text or numbers. Generic types of openapi-typescript-helpers, which other tools
 * use, turn `string & {}` into an object (openapi-ts/openapi-typescript#2615).
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
 * openapi-fetch's client, whose calls have retries and a deadline, with a method for each operation.
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
  /** Makes a call of any method: resolves to `{ data, error, response }` for every response. */
  request: RequestVerb;
  /** Makes a GET call: resolves to `{ data, error, response }` for every response. */
  GET: Verb<"get">;
  /** Makes a PUT call: resolves to `{ data, error, response }` for every response. */
  PUT: Verb<"put">;
  /** Makes a POST call: resolves to `{ data, error, response }` for every response. */
  POST: Verb<"post">;
  /** Makes a DELETE call: resolves to `{ data, error, response }` for every response. */
  DELETE: Verb<"delete">;
  /** Makes an OPTIONS call: resolves to `{ data, error, response }` for every response. */
  OPTIONS: Verb<"options">;
  /** Makes a HEAD call: resolves to `{ data, error, response }` for every response. */
  HEAD: Verb<"head">;
  /** Makes a PATCH call: resolves to `{ data, error, response }` for every response. */
  PATCH: Verb<"patch">;
}
