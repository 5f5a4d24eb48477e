import { examples } from "../../generated/examples.js";

const two: object[] = Object(examples.listWebhookEndpoints["200"]?.examples.sample).data;

/** The body of an answer: the contract's two endpoints, over and over. */
export const answer = (count: number) =>
  JSON.stringify({ data: Array.from({ length: count }, (_, index) => two[index % two.length]) });

/** A fetch without a network. */
export function stub(): Promise<Response> {
  return Promise.resolve(new Response(BODY, { headers: { "content-type": "application/json" } }));
}
const BODY = answer(2);

export type Connect = (baseUrl: string, fetch?: typeof globalThis.fetch) => () => Promise<object[]>;

export async function load(client: string): Promise<Connect> {
  return (await import(new URL(`../clients/${client}.js`, import.meta.url).href)).default;
}
