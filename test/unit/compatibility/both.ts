import createClient, { type ClientOptions } from "openapi-fetch";
import { expect } from "vitest";
import { keyHeader } from "../../../generated/operations.js";
import { type AnyClient, type AnyPaths, anyClient, BASE_URL, KEY } from "../../support/client.js";

/** A request as the network would see it. */
export interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | [name: string, value: string][];
  settings: Record<string, unknown>;
}

interface Options extends Omit<ClientOptions, "fetch"> {
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
): Promise<{ requests: Sent[]; outcome: unknown }> {
  const theirs = recorder(answer);
  const plain = await outcomeOf(use, createClient<AnyPaths>({ baseUrl: BASE_URL, ...options, fetch: theirs.fetch }));
  const ours = recorder(answer);
  const outcome = await outcomeOf(use, anyClient({ ...options, fetch: ours.fetch }));

  expect(ours.requests).toStrictEqual(theirs.requests);
  expect(outcome).toStrictEqual(plain);
  expect(theirs.keys.every((key) => key === undefined)).toBe(true);
  expect(ours.keys.every((key) => key === KEY)).toBe(true);
  return { requests: ours.requests, outcome };
}

const SETTINGS = ["cache", "credentials", "integrity", "keepalive", "mode", "referrerPolicy", "next", "dispatcher"];

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
    let body: Sent["body"];
    if (headers["content-type"]?.startsWith("multipart/form-data; boundary=")) {
      headers["content-type"] = "multipart/form-data; boundary=…"; // another one each time
      body = [...(await request.clone().formData())].map(([name, value]) => [name, String(value)]);
    } else {
      body = await request.clone().text();
    }
    requests.push({ method: request.method, url: request.url, headers, body, settings });
    return answer(request);
  };
  return { requests, keys, fetch };
}

/** What came of it, in values that can be compared. */
async function outcomeOf(use: (client: AnyClient) => unknown, client: AnyClient): Promise<unknown> {
  try {
    return await comparable(await use(client));
  } catch (error) {
    return { threw: error };
  }
}

async function comparable(value: unknown): Promise<unknown> {
  if (value instanceof Blob) return { blob: await value.text(), type: value.type };
  if (value instanceof ArrayBuffer) return { arrayBuffer: new TextDecoder().decode(value) };
  if (value instanceof ReadableStream) return { stream: await new Response(value).text() };
  if (value instanceof Response) return { status: value.status, headers: Object.fromEntries(value.headers) };
  if (typeof value !== "object" || value === null || !("response" in value)) return value;
  const members = Object.entries(value).map(async ([name, member]) => [name, await comparable(member)]);
  return Object.fromEntries(await Promise.all(members));
}
