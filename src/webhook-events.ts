import type { WebhookEvent } from "../generated/schema.js";
import { events } from "../generated/validators.js";
import { violationsOf } from "./check-answer.js";
import { KonProError } from "./index.js";

/**
 * **Authenticates nothing**: it tells that a received body has the shape of a KonPro event, not that KonPro sent it. How callbacks are
 * signed is not published, so anyone who knows your URL can post one.
 *
 * Types of events that the contract does not know pass, as do members that it does not know.
 *
 * @param body - the body of the request: text, bytes, or the JSON already parsed
 * @throws KonProError if the body is not JSON or not an event; the message says where, and quotes nothing
 *
 * @example
 * ```ts
 * import { hasEventType, parseUnauthenticatedEvent } from "konpro-client/validation";
 *
 * const event = parseUnauthenticatedEvent('{"event_type":"avatar_video.success","event_data":{"video_id":"video_1"}}');
 * if (hasEventType(event, "avatar_video.success")) console.log(event.event_data.video_id);
 * ```
 * @see {@link https://docs.konpro.ai/docs/webhook-events} for what KonPro sends
 */
export function parseUnauthenticatedEvent(body: unknown): WebhookEvent {
  const event = parsed(body);
  const { webhookEvent: check } = events;
  if (isEvent(event, check)) return event;
  const places = [...new Set(violationsOf(check).map(({ pointer, message }) => `${pointer || "it"} ${message}`))];
  throw new KonProError(`The body is not a KonPro event: ${places.join("; ")}. Answer it with 400.`);
}

const isEvent = (value: unknown, check: typeof events.webhookEvent): value is WebhookEvent => check?.(value) === true;

function parsed(body: unknown): unknown {
  if (typeof body !== "string" && !(body instanceof Uint8Array)) return body;
  try {
    return JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
  } catch {
    throw new KonProError("The body is not JSON. Answer it with 400."); // the parser's own error would quote it
  }
}

/**
 * Whether an event is of a type; the compiler then knows its data, if that is published.
 *
 * @param event - what {@link parseUnauthenticatedEvent} gives
 * @param type - the name of an event type, such as `avatar_video.success`
 *
 * @example
 * ```ts
 * import { hasEventType, parseUnauthenticatedEvent } from "konpro-client/validation";
 *
 * const event = parseUnauthenticatedEvent('{"event_type":"avatar_video.success","event_data":{}}');
 * if (hasEventType(event, "avatar_video.success")) console.log(event.event_data.url);
 * ```
 */
export function hasEventType<Type extends WebhookEvent["event_type"]>(
  event: WebhookEvent,
  type: Type,
): event is EventOfType<Type> {
  return event.event_type === type;
}

type Published<Type> = Extract<WebhookEvent, { event_type: Type }>;
type EventOfType<Type> = [Published<Type>] extends [never] ? WebhookEvent & { event_type: Type } : Published<Type>;
