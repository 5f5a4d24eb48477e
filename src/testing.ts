import type { ErrorStatus, OkStatus } from "openapi-typescript-helpers";
import type { ExampleNames } from "../generated/examples.js";
import type { Operations } from "../generated/operations.js";
import type { SuccessKey } from "./call-types.js";
import { type Plan, pause, plan } from "./mock-answers.js";
import { checkRequest, routeOf } from "./mock-requests.js";

type Responses<Id extends keyof Operations> = Operations[Id]["responses"];

/** The statuses a declared response stands for: its own, or for a range and `default` those not declared by themselves. */
type StatusOf<Id extends keyof Operations, Key> = Key extends number
  ? Key
  : Exclude<Extract<StatusesOf<Id, Key>, number>, keyof Responses<Id>>;

type StatusesOf<Id extends keyof Operations, Key> = Key extends "2XX"
  ? OkStatus
  : ErrorStatus | (Key extends SuccessKey<Responses<Id>> ? OkStatus : never);

type BodyOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : undefined;

type SuccessBody<Id extends keyof Operations> = BodyOf<Responses<Id>[SuccessKey<Responses<Id>>]>;

type NameOf<Id extends keyof Operations, Key> = Extract<
  ExampleNames[Id][Extract<`${Key & (string | number)}`, keyof ExampleNames[Id]>],
  string
>;

type Content<Name, Body> = { example?: Name | undefined; body?: undefined } | { example?: undefined; body: Body };

/**
 * One answer of the mock: an example of the contract, a body that you give, or a failure. Each may come late.
 *
 * - `status`: the status, by default that of the example, else of the first success
 * - `example`: the name of an example, by default the first one of the status
 * - `body`: a body that you give, typed by the operation and the status
 * - `headers`: further headers
 * - `failure`: what `fetch` rejects with, in place of an answer
 * - `delay`: how long the answer takes, in milliseconds; `Infinity` never answers. Ends early with the request's signal.
 *
 * @example
 * ```ts
 * import type { MockAnswer } from "konpro-client/testing";
 *
 * const rateLimited: MockAnswer<"listWebhookEndpoints"> = { status: 429, headers: { "retry-after": "1" } };
 * ```
 */
export type MockAnswer<Id extends keyof Operations> = { delay?: number | undefined } & (
  | { failure: unknown }
  | ({ headers?: Readonly<Record<string, string>> | undefined; failure?: undefined } & (
      | ({ status?: undefined } & Content<NameOf<Id, keyof Responses<Id>>, SuccessBody<Id>>)
      | {
          [Key in keyof Responses<Id>]: { status: StatusOf<Id, Key> } & Content<
            NameOf<Id, Key>,
            BodyOf<Responses<Id>[Key]>
          >;
        }[keyof Responses<Id>]
    ))
);

/**
 * A request that was made, with the operation it was for.
 *
 * @example
 * ```ts
 * import type { MockRequest } from "konpro-client/testing";
 *
 * const describe = ({ operation, request }: MockRequest) => `${operation}: ${request.method} ${request.url}`;
 * ```
 */
export interface MockRequest {
  readonly operation: keyof Operations;
  /** As it would have gone onto the wire, the key's header included. */
  readonly request: Request;
}

/**
 * A mock of the API, without a network.
 *
 * @example
 * ```ts
 * import { createMockApi, type MockApi } from "konpro-client/testing";
 *
 * const api: MockApi = createMockApi();
 * ```
 */
export interface MockApi {
  /** Takes the place of the platform's `fetch`: the client's option of that name. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
  /** All requests so far, oldest first; a call that is tried again has made several. */
  readonly requests: readonly MockRequest[];
  /**
   * Sets what an operation answers: one answer for each request, in turn, and the last one from then on. Without any, the
   * contract's example again.
   *
   * @throws TypeError for an operation, status or example that the contract does not have, and for a member that an answer does not
   * have; the message lists those there are
   *
   * @example
   * ```ts
   * import { createMockApi } from "konpro-client/testing";
   *
   * const api = createMockApi();
   * api.reply("listWebhookEndpoints", { example: "empty" });
   * api.reply("listWebhookEndpoints", { body: { data: [] } });
   * api.reply("listWebhookEndpoints", { status: 503 }, { status: 200 }); // fails once
   * api.reply("listWebhookEndpoints", { failure: new TypeError("fetch failed") });
   * api.reply("listWebhookEndpoints", { delay: Number.POSITIVE_INFINITY }); // runs into the timeout
   * ```
   */
  reply<Id extends keyof Operations>(operation: Id, ...answers: MockAnswer<Id>[]): void;
}

/**
 * Makes a mock of the API for tests: a `fetch` that answers from the contract's examples. Unless told otherwise, an operation
 * answers the first example of its first success; where it has none, one made from what the schema names: examples, defaults and
 * known values.
 *
 * A request that breaks the contract, in a parameter or in its body, makes the call fail with a `RangeError` that says where and
 * what the contract asks for. It reaches the test as it is, after one attempt. The same goes for a request that is for no operation,
 * and for an answer that has no example.
 *
 * @example
 * ```ts
 * import { createKonProClient } from "konpro-client";
 * import { createMockApi } from "konpro-client/testing";
 *
 * const api = createMockApi();
 * const konpro = createKonProClient({ apiKey: "test-key", fetch: api.fetch });
 *
 * const { data: endpoints } = await konpro.listWebhookEndpoints();
 * console.log(endpoints.length, api.requests[0]?.request.url);
 * ```
 */
export function createMockApi(): MockApi {
  const requests: MockRequest[] = [];
  const plans = new Map<string, Plan[]>();

  return {
    requests,
    reply(operation, ...answers) {
      plans.set(
        operation,
        answers.map((answer) => plan(operation, answer)),
      );
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      const route = routeOf(request);
      requests.push({ operation: route.id, request });
      await checkRequest(route, request);
      const queue = plans.get(route.id) ?? [];
      const { delay, respond } = (queue.length > 1 ? queue.shift() : queue[0]) ?? usualPlan(route.id);
      await pause(delay, request.signal);
      return respond();
    },
  };
}

/** What an operation answers of itself. The client takes a TypeError of `fetch` for a failure of the network, but no RangeError. */
function usualPlan(id: keyof Operations): Plan {
  try {
    return plan(id, {});
  } catch (error) {
    throw new RangeError(Object(error).message);
  }
}
