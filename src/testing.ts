import type { ExampleNames } from "../generated/examples.js";
import type { Operations } from "../generated/operations.js";
import { checkRequest, routeOf } from "./mock-requests.js";
import { type Plan, pause, plan, plansOf } from "./mock-responses.js";

// Users' declaration files must be able to name it.
export type { Operations };

type BodyOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : never;

/**
 * A response of the mock to one request: an example of the contract, your own body, or a network failure.
 *
 * @example
 * ```ts
 * import type { MockResponse } from "konpro-client/testing";
 *
 * const rateLimited: MockResponse<"listWebhookEndpoints"> = {
 *   status: 429,
 *   headers: { "retry-after": "1" },
 * };
 * ```
 */
export interface MockResponse<Id extends keyof Operations> {
  /** The status; by default that of the example, or else of the operation's first 2xx response. */
  status?: number | undefined;
  /** The name of an example of the contract; by default the first one for the status. */
  example?: Extract<{ [Of in Id]: ExampleNames[Of][keyof ExampleNames[Of]] }[Id], string> | undefined;
  /** A body to send instead of an example. Only the compiler checks it. */
  body?: { [Of in Id]: BodyOf<Operations[Of]["responses"][keyof Operations[Of]["responses"]]> }[Id] | undefined;
  /** Headers besides `content-type`, such as `retry-after`. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** What `fetch` rejects with, instead of responding. */
  failure?: unknown;
  /** The delay before the response in milliseconds; `Infinity` never responds. If the request is aborted, `fetch` rejects at once. */
  delay?: number | undefined;
}

/**
 * A request that was made, with its operation.
 *
 * @example
 * ```ts
 * import type { MockRequest } from "konpro-client/testing";
 *
 * const describe = ({ operation, request }: MockRequest) =>
 *   `${operation}: ${request.method} ${request.url}`;
 * ```
 */
export interface MockRequest {
  readonly operation: keyof Operations;
  /** The request as it would be sent, including the `x-api-key` header. */
  readonly request: Request;
}

/**
 * A mock of the API that needs no network.
 *
 * @example
 * ```ts
 * import { createMockApi, type MockApi } from "konpro-client/testing";
 *
 * const api: MockApi = createMockApi();
 * ```
 */
export interface MockApi {
  /** Pass this as the client's `fetch` option. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
  /** All requests so far, oldest first; each retry is a separate request. */
  readonly requests: readonly MockRequest[];
  /**
   * Queues responses for an operation, one per request. The last one is repeated. Call it without responses to restore the default
   * example.
   *
   * @throws TypeError for an unknown operation, status, example or property; the message lists the known ones
   *
   * @example
   * ```ts
   * import { createMockApi } from "konpro-client/testing";
   *
   * const api = createMockApi();
   * api.reply("listWebhookEndpoints", { example: "empty" });
   * api.reply("listWebhookEndpoints", { body: { data: [] } });
   * // Fails once.
   * api.reply("listWebhookEndpoints", { status: 503 }, { status: 200 });
   * api.reply("listWebhookEndpoints", { failure: new TypeError("fetch failed") });
   * // Runs into the timeout.
   * api.reply("listWebhookEndpoints", { delay: Number.POSITIVE_INFINITY });
   * ```
   */
  readonly reply: <Id extends keyof Operations>(operation: Id, ...responses: MockResponse<Id>[]) => void;
}

/**
 * Creates a mock of the API for tests: a `fetch` that responds with the examples of the contract (`openapi.yaml`). By default, an
 * operation responds with the first example of its first 2xx response.
 *
 * It keeps no state: an added endpoint is not listed afterwards, and a deleted one is still there. Set the next responses with
 * {@link MockApi.reply | reply}.
 *
 * If a parameter or the body of a request does not match the contract, the call fails after one attempt with a `RangeError` that says
 * where and what is required. So does a request for an unknown operation.
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
    reply(operation, ...responses) {
      plans.set(operation, plansOf(operation, responses));
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      const route = routeOf(request);
      requests.push({ operation: route.id, request });
      await checkRequest(route, request);
      const queue = plans.get(route.id) ?? [];
      const { delay, respond } = (queue.length > 1 ? queue.shift() : queue[0]) ?? plan(route.id, {});
      await pause(delay, request.signal);
      return respond();
    },
  };
}
