// Registers a URL exactly once. Run it at each deployment, and again after any
// failure: it starts from the current list, so a lost response does no harm.
import {
  KonProApiError,
  type KonProClient,
  type WebhookEndpoint,
} from "konpro-client";

/** Leaves one endpoint for `url`, and none for the URLs that it replaces. */
export async function registerOnce(
  konpro: KonProClient,
  url: string,
  replaced: string[] = [],
): Promise<WebhookEndpoint> {
  const { data: endpoints } = await konpro.listWebhookEndpoints();
  // The API documents no way to enable a disabled endpoint.
  const usable = ({ status }: WebhookEndpoint) => status !== "disabled";
  const existing = endpoints.find((it) => it.url === url && usable(it));
  // Added before others are removed, so that no event is lost in between.
  const kept = existing ?? (await konpro.addWebhookEndpoint({ body: { url } }));
  for (const { endpoint_id, url: other } of endpoints) {
    if (endpoint_id === kept.endpoint_id) continue;
    if (![url, ...replaced].includes(other)) continue;
    await remove(konpro, endpoint_id);
  }
  return kept;
}

async function remove(konpro: KonProClient, endpoint_id: string) {
  try {
    await konpro.deleteWebhookEndpoint({ params: { query: { endpoint_id } } });
  } catch (error) {
    // It was in the list, so a 404 means that it has been deleted since.
    if (!(error instanceof KonProApiError) || error.status !== 404) throw error;
  }
}
