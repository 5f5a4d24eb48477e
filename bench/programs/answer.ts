import { examples } from "../../generated/examples.js";

const two: object[] = Object(examples.listWebhookEndpoints["200"]?.examples.sample).data;

/** The body of an answer: the contract's two endpoints, over and over. */
export const answer = (count: number) =>
  JSON.stringify({ data: Array.from({ length: count }, (_, index) => two[index % two.length]) });

/** A fetch without a network. As the platform's does, it makes a Request of what it is given. */
export async function stub(...request: Parameters<typeof fetch>): Promise<Response> {
  void new Request(...request);
  return new Response(BODY, { headers: { "content-type": "application/json" } });
}
const BODY = answer(2);
export const STUB_URL = "http://127.0.0.1:9";

export type Call = () => Promise<object[]>;
export type Connect = (baseUrl: string, fetch?: typeof globalThis.fetch) => Call;

export async function load(client: string): Promise<Connect> {
  return (await import(new URL(`../clients/${client}.js`, import.meta.url).href)).default;
}

/** Makes clients as users have them, without a fetch of their own; with an empty URL, the platform's is the stub. */
export async function connector(client: string, url = ""): Promise<() => Call> {
  if (!url) globalThis.fetch = stub;
  const connect = await load(client);
  return () => connect(url || STUB_URL);
}
