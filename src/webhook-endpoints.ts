import { secretMembers } from "../generated/operations.js";
import type { WebhookEndpoint } from "../generated/schema.js";

/**
 * Whether events of a type are delivered to an endpoint. An endpoint whose `events` are empty or null listens to
 * all of them ({@link https://docs.konpro.ai/api | the vendor's page "List Webhook Endpoints"}).
 *
 * `status` does not matter: a disabled endpoint still has its `events`.
 *
 * @param endpoint - a webhook endpoint, or anything with its `events`
 * @param eventType - the name of an event type, such as `avatar_video.success`
 *
 * @example
 * ```ts
 * import { createKonProClient, listensTo } from "konpro-client";
 *
 * const { data: endpoints } = await createKonProClient().listWebhookEndpoints();
 * const listening = endpoints.filter((e) => listensTo(e, "avatar_video.success"));
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
 * Copies a response body, or any part of one, without the credentials that the contract names, at any depth, so that it may be logged
 * or sent to a browser. The original is not changed.
 *
 * @param value - an endpoint, a list of them, a whole response body, or other JSON; members that the contract does not know are kept
 * @returns the copy, each `secret` replaced by `"[redacted]"`
 *
 * @example
 * ```ts
 * import { createKonProClient, redactSecrets } from "konpro-client";
 *
 * const list = await createKonProClient().listWebhookEndpoints();
 * console.log(redactSecrets(list), redactSecrets(list.data[0]));
 * ```
 */
export function redactSecrets<T>(value: T): T {
  const copy = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(copy);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, member]) => [name, secretMembers.includes(name) ? "[redacted]" : copy(member)]),
    );
  };
  return copy(value) as T; // the same shape, text for text
}
