import type { ErrorStatus, OkStatus } from "openapi-typescript-helpers";
import { type ExampleNames, examples } from "../generated/examples.js";
import { type Operations, operations } from "../generated/operations.js";
import { BODYLESS, isSuccess, responseKey } from "./declared.js";

type Responses<Id extends keyof Operations> = Operations[Id]["responses"];

/** The statuses a declared response stands for: its own, or for a range and `default` those not declared by themselves. */
type StatusOf<Id extends keyof Operations, Key> = Key extends number
  ? Key
  : Exclude<Extract<Key extends "2XX" ? OkStatus : ErrorStatus, number>, keyof Responses<Id>>;

type BodyOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : undefined;

type SuccessBody<Id extends keyof Operations> = BodyOf<Responses<Id>[Extract<keyof Responses<Id>, OkStatus>]>;

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
 * answers the first example of its first success.
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
  const routes = readRoutes();
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
      const operation = routes.find(
        ({ method, pattern }) => method === request.method && pattern.test(new URL(request.url).pathname),
      )?.id;
      if (operation === undefined) {
        const known = routes.map(({ method, path }) => `${method} ${path}`);
        throw new TypeError(`${request.method} ${request.url} is no operation of the contract: it has ${list(known)}.`);
      }
      requests.push({ operation, request });
      const queue = plans.get(operation) ?? [];
      const { delay, respond } = (queue.length > 1 ? queue.shift() : queue[0]) ?? plan(operation, {});
      await pause(delay, request.signal);
      return respond(request.method);
    },
  };
}

/** An answer, all its parts found. */
interface Plan {
  delay: number;
  respond: (method: string) => Response;
}

/** What an answer may hold, whatever the operation. */
interface AnyAnswer {
  status?: number | undefined;
  example?: string | undefined;
  body?: unknown;
  headers?: Readonly<Record<string, string>> | undefined;
  failure?: unknown;
  delay?: number | undefined;
}

const MEMBERS = ["status", "example", "body", "headers", "failure", "delay"];

function plan(id: string, answer: AnyAnswer): Plan {
  if (!isOperation(id)) {
    throw new TypeError(`"${id}" is no operation of the contract: it has ${list(Object.keys(operations))}.`);
  }
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) {
    throw new TypeError(`${id}: give each answer as an object of its own, such as { status: 503 }.`);
  }
  const unknown = Object.keys(answer).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw new TypeError(`${id}: an answer has no "${unknown}": it has ${list(MEMBERS)}.`);
  const { delay = 0, failure } = answer;
  if (!(delay >= 0)) throw new TypeError(`${id}: delay is ${delay}; it must be a number of milliseconds from 0.`);
  if (failure !== undefined) {
    return {
      delay,
      respond() {
        throw failure;
      },
    };
  }
  const { status, mediaType, text } = content(id, answer);
  const headers = new Headers(mediaType === undefined ? {} : { "content-type": mediaType });
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value);
  return { delay, respond: (method) => new Response(method === "HEAD" ? null : text, { status, headers }) };
}

/** The status and body that an answer means, as far as the contract has to tell. */
function content(id: keyof Operations, { status, example, body }: AnyAnswer) {
  const declared = Object.entries(examples[id]);
  const isMeant = ([key, response]: (typeof declared)[number]) => {
    if (status !== undefined) return key === responseKey(examples[id], status);
    return example === undefined ? isSuccess(examples[id], key) : Object.hasOwn(response.examples, example);
  };
  const found = declared.find(isMeant);
  if (!found) {
    const all = declared.flatMap(([, response]) => Object.keys(response.examples));
    if (status === undefined && example !== undefined) throw unknownExample(id, example, all);
    const keys = declared.map(([key]) => key);
    throw new TypeError(`${id} has no response with status ${status ?? "2XX"}: it has ${list(keys)}.`);
  }
  const [key, { mediaType, examples: own }] = found;
  // A range begins with its first digit; `default` has none, but may be the only success.
  const first = key.replace("XX", "00").replace("default", isSuccess(examples[id], key) ? "200" : "NaN");
  const actual = status ?? Number(first);
  if (Number.isNaN(actual)) throw new TypeError(`${id}: "${example}" is for any error: give its status too.`);
  if (mediaType === undefined || BODYLESS.includes(actual)) return { status: actual, text: null };
  const value = body === undefined ? pickExample(`${id} ${key}`, own, example) : body;
  const asItIs = value instanceof Blob || (typeof value === "string" && !mediaType.includes("json"));
  const text = asItIs ? value : JSON.stringify(value);
  return { status: actual, mediaType, text };
}

function pickExample(where: string, own: Readonly<Record<string, unknown>>, name = Object.keys(own)[0]): unknown {
  if (name === undefined) throw new TypeError(`${where} has no example: give a body.`);
  if (!Object.hasOwn(own, name)) throw unknownExample(where, name, Object.keys(own));
  return own[name];
}

const unknownExample = (where: string, name: string, known: string[]) =>
  new TypeError(`${where} has no example "${name}": it has ${list(known)}.`);

const list = (names: string[]) => names.join(", ");

const isOperation = (id: string): id is keyof Operations => Object.hasOwn(operations, id);

/** The operations, those first whose paths say most: `/things/search` is no `/things/{id}`. */
function readRoutes() {
  return Object.keys(operations)
    .filter(isOperation)
    .map((id) => {
      const { method, path } = operations[id];
      const literals = path.split(/\{[^}]*\}/);
      const pattern = literals.map((text) => text.replace(/[^\w/]/g, "\\$&")).join("[^/]+");
      // The base URL may have a path of its own, so only the end counts.
      return {
        id,
        method: method.toUpperCase(),
        path,
        pattern: new RegExp(`${pattern}$`),
        said: literals.join("").length,
      };
    })
    .sort((a, b) => b.said - a.said);
}

/** What a timer can wait for; anything longer is for ever. */
const LONGEST = 2_147_483_647;

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms === 0) return;
  await new Promise<void>((resolve, reject) => {
    const timer = ms <= LONGEST ? setTimeout(resolve, ms) : undefined;
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
