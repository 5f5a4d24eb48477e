import { createKonProClient } from "konpro-client";
import { validateResponses } from "konpro-client/validation";

/** With a check of each answer against the contract. */
export default (baseUrl: string, fetch?: typeof globalThis.fetch) => {
  const konpro = createKonProClient({ baseUrl, apiKey: "bench-key-0000", fetch });
  konpro.use(validateResponses());
  return async () => (await konpro.listWebhookEndpoints()).data;
};
