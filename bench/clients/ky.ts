import ky from "ky";
import type { components } from "../../generated/schema.js";

type List = components["schemas"]["WebhookEndpointList"];

export default (baseUrl: string, fetch = globalThis.fetch) => {
  const api = ky.create({ prefix: baseUrl, headers: { "x-api-key": "bench-key-0000" }, fetch });
  return async () => (await api.get("v1/webhook/endpoint.list").json<List>()).data;
};
