import { secretMembers } from "../generated/operations.js";
import type { WebhookEndpoint } from "../generated/schema.js";

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
 * import { createKonProClient, listensTo } from "konpro-client";
 *
 * const { data: endpoints } = await createKonProClient().listWebhookEndpoints();
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
 * Copies an answer, or any part of one, with every credential of the contract masked, however deep it lies: fit to be logged or
 * sent to a browser. The original keeps them.
 *
 * @param answer - an endpoint, a list of them, a whole answer, or other JSON; members the contract does not know are kept
 * @returns the copy, each `secret` replaced by `"[redacted]"`
 *
 * @example
 * ```ts
 * import { createKonProClient, redactSecrets } from "konpro-client";
 *
 * const answer = await createKonProClient().listWebhookEndpoints();
 * console.log(redactSecrets(answer), redactSecrets(answer.data), redactSecrets(answer.data[0]));
 * ```
 */
export function redactSecrets<T>(answer: T): T {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, secretMembers.includes(name) ? "[redacted]" : copy(member)]),
    );
  };
  return copy(answer) as T; // the same shape, text for text
}
