// A CommonJS module that imports the package as usual.
import { createKonProClient, type WebhookEndpoint } from "konpro-client";

export const list = (): Promise<WebhookEndpoint[]> =>
  createKonProClient()
    .listWebhookEndpoints()
    .then(({ data }) => data);
