import { KonProConnectionError, KonProResponseError } from "konpro-client";
import createClient, { type ClientOptions } from "openapi-fetch";
import { expect } from "vitest";
import { keyHeader } from "../../../generated/operations.js";
import { type AnyClient, type AnyPaths, anyClient, BASE_URL, KEY } from "../../support/client.js";

/** How a server fails that cannot be reached. */
export const LOST = new TypeError("fetch failed");

/** A request as the network would see it. */
interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  settings: Record<string, unknown>;
}

interface Options extends Omit<ClientOptions, "fetch"> {
  maxRetries?: number;
  /** What the server does. */
  answer?: (request: Request) => Response | Promise<Response>;
}

/**
 * Does the same with openapi-fetch's own client and with this package's, and expects that both send the same and come to the
 * same result. What is different on purpose is left out: the key's header, the default `accept`, `redirect` and `signal`.
 */
export async function both(
  use: (client: AnyClient) => unknown,
  { answer = () => Response.json({ ok: true }), ...options }: Options = {},
) {
  const theirs = recorder(answer);
  const plain = await comparable(() =>
    use(createClient<AnyPaths>({ baseUrl: BASE_URL, ...options, fetch: theirs.fetch })),
  );
  const ours = recorder(answer);
  const outcome = await comparable(() => use(anyClient({ ...options, fetch: ours.fetch })));

  expect(ours.requests).toStrictEqual(theirs.requests);
  expect(outcome).toStrictEqual(plain);
  expect(theirs.keys.every((key) => key === undefined)).toBe(true);
  expect(ours.keys.every((key) => key === KEY)).toBe(true);
  return { requests: ours.requests, outcome };
}

const SETTINGS = ["cache", "credentials", "integrity", "keepalive", "referrerPolicy", "next", "dispatcher"];

function recorder(answer: (request: Request) => Response | Promise<Response>) {
  const requests: Sent[] = [];
  const keys: (string | undefined)[] = [];
  const fetch = async (input: Request, init: RequestInit = {}) => {
    // What a Request cannot carry: openapi-fetch sets it as a member all the same, this client gives it beside the request.
    const setting = (name: string) => Reflect.get(input, name) ?? Reflect.get(init, name);
    const settings = Object.fromEntries(SETTINGS.map((name) => [name, setting(name)]));
    const request = new Request(input, init);
    const { [keyHeader]: key, ...headers } = Object.fromEntries(request.headers);
    if (headers.accept === "application/json") delete headers.accept;
    keys.push(key);
    const body = await request.clone().text();
    const sent = JSON.stringify({ method: request.method, url: request.url, headers, body, settings });
    requests.push(JSON.parse(sent.replace(/(?<=----formdata-undici-)\d+/g, "…"))); // another number each time
    return answer(request);
  };
  return { requests, keys, fetch };
}

/** What comes of a call, in values that can be compared. What this client has errors of its own for is named alike. */
export async function comparable(make: () => unknown): Promise<unknown> {
  try {
    return await plainOf(await make());
  } catch (error) {
    if (error instanceof KonProConnectionError || error === LOST) return "no response";
    if (error instanceof KonProResponseError || error instanceof SyntaxError) return "a 2xx response that is not JSON";
    return { threw: error };
  }
}

async function plainOf(value: unknown): Promise<unknown> {
  if (value instanceof Blob) return { blob: await value.text(), type: value.type };
  if (value instanceof ArrayBuffer) return { arrayBuffer: new TextDecoder().decode(value) };
  if (value instanceof ReadableStream) return { stream: await new Response(value).text() };
  if (value instanceof Response) return { status: value.status, headers: Object.fromEntries(value.headers) };
  if (typeof value !== "object" || value === null || !("response" in value)) return value;
  const { ok, status, statusText } = Object(value.response);
  // This client's error is never empty.
  const whole = ok || Reflect.get(value, "error") ? value : { ...value, error: `${status} ${statusText}`.trim() };
  const members = Object.entries(whole).map(async ([name, member]) => [name, await plainOf(member)]);
  return Object.fromEntries(await Promise.all(members));
}
