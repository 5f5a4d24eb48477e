// A CommonJS module that loads the package when it is needed, as any TypeScript lets it.
import type { WebhookEndpoint } from "konpro-client" with { "resolution-mode": "import" };

export async function list(): Promise<WebhookEndpoint[]> {
  const { createKonProClient } = await import("konpro-client");
  return (await createKonProClient().listWebhookEndpoints()).data;
}
