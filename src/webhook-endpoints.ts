import type { WebhookEndpoint } from "../generated/schema.js";
import { MASK } from "./redaction.js";

/**
 * Tells whether events of a type are delivered to an endpoint. An endpoint whose `events` are empty or null listens to
 * all of them ({@link https://docs.konpro.ai/api | the vendor's page "List Webhook Endpoints"}).
 *
 * The status is not looked at: a disabled endpoint still names what it listens to.
 *
 * @param endpoint - a webhook endpoint, or anything with its `events`
 * @param eventType - the name of an event type, such as `avatar_video.success`
 *
 * @example
 * ```ts
 * const { data: endpoints } = await konpro.listWebhookEndpoints();
 * const live = endpoints.filter((e) => e.status === "enabled" && listensTo(e, "avatar_video.success"));
 * ```
 */
export function listensTo(
  endpoint: Pick<WebhookEndpoint, "events">,
  eventType: NonNullable<WebhookEndpoint["events"]>[number],
): boolean {
  const { events } = endpoint;
  return !events?.length || events.includes(eventType);
}

/**
 * Copies webhook endpoints with every `secret` masked, fit to be logged or sent to a browser. The originals keep theirs.
 *
 * @param endpoints - webhook endpoints; members the contract does not know are kept as they are
 * @returns new objects in the same order, each `secret` replaced by `"[redacted]"`
 *
 * @example
 * ```ts
 * const { data: endpoints } = await konpro.listWebhookEndpoints();
 * console.log(redactSecrets(endpoints));
 * ```
 */
export function redactSecrets<T extends Pick<WebhookEndpoint, "secret">>(endpoints: readonly T[]): T[] {
  return endpoints.map((endpoint) => ({ ...endpoint, secret: MASK }));
}
