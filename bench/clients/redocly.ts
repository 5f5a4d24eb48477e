import { createClient, OPERATIONS, type Ops } from "../.cache/redocly.js";

/** Its retries and its deadline, which are off by default, are on. */
export default (baseUrl: string, fetch = globalThis.fetch) => {
  const auth = { apiKey: { apiKey: "bench-key-0000" } };
  const api = createClient<Ops>(OPERATIONS, {
    serverUrl: baseUrl,
    auth,
    fetch,
    retry: { retries: 2 },
    timeout: 30_000,
  });
  return async () => (await api.listWebhookEndpoints()).data;
};
