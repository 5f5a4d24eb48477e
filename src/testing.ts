import type { ExampleNames } from "../generated/examples.js";
import type { Operations } from "../generated/operations.js";
import { checkRequest, routeOf } from "./mock-requests.js";
import { type Plan, pause, plan } from "./mock-responses.js";

// A user's declaration file has to name it.
export type { Operations };

type BodyOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : never;

/**
 * A response of the mock to one request: an example of the contract, a body of your own, or a failure of the network.
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
  /** The status; by default that of the example, else that of the operation's first 2xx response. */
  status?: number | undefined;
  /** The name of an example of the contract; by default the first one of the status. */
  example?: Extract<{ [Of in Id]: ExampleNames[Of][keyof ExampleNames[Of]] }[Id], string> | undefined;
  /** A body in place of an example: one that the contract describes for the operation. */
  body?: { [Of in Id]: BodyOf<Operations[Of]["responses"][keyof Operations[Of]["responses"]]> }[Id] | undefined;
  /** Headers beside `content-type`, such as `retry-after`. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** What `fetch` rejects with, in place of a response. */
  failure?: unknown;
  /** How long the response takes, in milliseconds; `Infinity` never responds. Ends early with the request's signal. */
  delay?: number | undefined;
}

/**
 * A request that was made, with the operation it was for.
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
   * Sets the responses of an operation: one for each request, in turn, and the last one from then on. Without any, the contract's
   * example again.
   *
   * @throws TypeError for an operation, status, example or member that does not exist; the message lists those that do
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
 * Makes a mock of the API for tests: a `fetch` that responds with the contract's examples. Unless told otherwise, an operation
 * responds with the first example of its first 2xx response.
 *
 * It keeps no state: what is added is not listed afterwards, and what is deleted is still there. Set the next response with
 * {@link MockApi.reply | reply}.
 *
 * A request that breaks the contract, in a parameter or in its body, makes the call fail with a `RangeError` that says where and
 * what the contract asks for, after one attempt. So does a request that no operation of the contract describes.
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
      plan(operation, {}); // throws for an unknown operation, even if no response is given
      plans.set(
        operation,
        responses.map((response) => plan(operation, response)),
      );
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
