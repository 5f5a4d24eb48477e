import { secretMembers } from "../generated/operations.js";
import type { WebhookEndpoint } from "../generated/schema.js";

/**
 * Whether an endpoint subscribes to an event type. An endpoint whose `events` are empty or null subscribes to all types
 * ({@link https://docs.konpro.ai/api | the vendor's API documentation}).
 *
 * `status` is ignored: a disabled endpoint may subscribe to a type and receive nothing.
 *
 * @param endpoint - a webhook endpoint, or an object with its `events`
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
 * Returns a copy of a response body, or of any part of it, in which each `secret`, at any depth, is replaced by `"[redacted]"`, so
 * that it can be logged or sent to a browser. The original is not changed.
 *
 * @param value - an endpoint, a list of endpoints, a whole response body or other JSON; unknown properties are kept
 * @returns the redacted copy
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
