import { examples } from "../../generated/examples.js";

const two: object[] = Object(examples.listWebhookEndpoints["200"]?.examples.sample).data;

/** A response body: the contract's two endpoints, repeated. */
export const bodyOf = (count: number) =>
  JSON.stringify({ data: Array.from({ length: count }, (_, index) => two[index % two.length]) });

/** A fetch without a network. Like the platform's, it creates a Request from its arguments. */
export async function stub(...request: Parameters<typeof fetch>): Promise<Response> {
  void new Request(...request);
  return new Response(BODY, { headers: { "content-type": "application/json" } });
}
const BODY = bodyOf(2);
export const STUB_URL = "http://127.0.0.1:9";

export type Call = () => Promise<object[]>;
export type Connect = (baseUrl: string, fetch?: typeof globalThis.fetch) => Call;

export async function load(client: string): Promise<Connect> {
  return (await import(new URL(`../clients/${client}.js`, import.meta.url).href)).default;
}

/** Creates clients as users do, without a custom fetch; with an empty URL, `globalThis.fetch` is stubbed. */
export async function connector(client: string, url = ""): Promise<() => Call> {
  if (!url) globalThis.fetch = stub;
  const connect = await load(client);
  return () => connect(url || STUB_URL);
}
