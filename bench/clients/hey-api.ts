import { createClient } from "../.cache/hey-api/client/index.js";
import { listWebhookEndpoints } from "../.cache/hey-api/index.js";

export default (baseUrl: string, fetch = globalThis.fetch) => {
  const client = createClient({ baseUrl, auth: "bench-key-0000", fetch });
  return async () => (await listWebhookEndpoints({ client, throwOnError: true })).data.data;
};
