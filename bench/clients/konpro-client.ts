import { createKonProClient } from "konpro-client";

export default (baseUrl: string, fetch?: typeof globalThis.fetch) => {
  const konpro = createKonProClient({ baseUrl, apiKey: "bench-key-0000", fetch });
  return async () => (await konpro.listWebhookEndpoints()).data;
};
