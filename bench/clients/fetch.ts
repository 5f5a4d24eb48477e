import type { components } from "../../generated/schema.js";

/** The floor: the platform's fetch, and no client at all. */
export default (baseUrl: string, fetch = globalThis.fetch) =>
  async () => {
    const response = await fetch(`${baseUrl}/v1/webhook/endpoint.list`, { headers: { "x-api-key": "bench-key-0000" } });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    const { data }: components["schemas"]["WebhookEndpointList"] = await response.json();
    return data;
  };
