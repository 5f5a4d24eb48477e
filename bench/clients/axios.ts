import axios from "axios";
import type { components } from "../../generated/schema.js";

type List = components["schemas"]["WebhookEndpointList"];

/** On Node it does not use fetch, unless it is given one. */
export default (baseUrl: string, fetch?: typeof globalThis.fetch) => {
  const adapter = fetch && ({ adapter: "fetch", env: { fetch } } as const);
  const api = axios.create({ baseURL: baseUrl, headers: { "x-api-key": "bench-key-0000" }, ...adapter });
  return async () => (await api.get<List>("/v1/webhook/endpoint.list")).data.data;
};
