import type { WebhookEvent } from "../generated/schema.js";
import { events } from "../generated/validators.js";

import { KonProError } from "./index.js";
import { violationOf } from "./violation.js";

/**
 * Parses a webhook body and checks that it has the structure of a KonPro event. **It does not verify the sender**: the vendor has not
 * documented how callbacks are signed, so anyone who knows your URL can post one.
 *
 * Unknown event types and properties are allowed.
 *
 * @param body - the body of the request: a string, bytes (an `ArrayBuffer` or any view, such as a `Buffer`), or the parsed JSON
 * @throws KonProError if the body is not JSON or not an event; the message says where, without quoting the body
 *
 * @example
 * ```ts
 * import {
 *   hasEventType,
 *   parseUnauthenticatedEvent,
 * } from "konpro-client/validation";
 *
 * const event = parseUnauthenticatedEvent(
 *   '{"event_type":"avatar_video.success","event_data":{"video_id":"video_1"}}',
 * );
 * if (hasEventType(event, "avatar_video.success")) {
 *   console.log(event.event_data.video_id);
 * }
 * ```
 * @see {@link https://docs.konpro.ai/docs/webhook-events} for what KonPro sends
 */
export function parseUnauthenticatedEvent(body: unknown): WebhookEvent {
  const event = parsed(body);
  const { webhookEvent: check } = events;
  if (isEvent(event, check)) return event;
  const violation = violationOf(check);
  const place = `${violation?.pointer || "it"} ${violation?.message}`;
  throw new KonProError(`The body is not a KonPro event: ${place}. Respond with 400.`);
}

const isEvent = (value: unknown, check: typeof events.webhookEvent): value is WebhookEvent => check?.(value) === true;

/** The kinds of value that `JSON.parse` returns, by a tag that is the same in every realm. */
const JSON_KINDS = ["Object", "Array", "Number", "Boolean", "Null"];

function parsed(body: unknown): unknown {
  const kind = Object.prototype.toString.call(body).slice(8, -1);
  const isText = typeof body === "string";
  if (isText || isBytes(body, kind)) {
    try {
      return JSON.parse(isText ? body.replace(/^\uFEFF/, "") : new TextDecoder().decode(body));
    } catch {
      throw new KonProError("The body is not JSON. Respond with 400."); // the parser's own error would quote it
    }
  }
  const isStream = Symbol.asyncIterator in Object(body);
  if (JSON_KINDS.includes(kind) && !isStream) return body;
  throw new KonProError(
    `The body is not text, bytes or parsed JSON, but ${isStream ? "a stream" : kind}: read it first.`,
  );
}

const isBytes = (body: unknown, kind: string): body is AllowSharedBufferSource =>
  ArrayBuffer.isView(body) || /^(Shared)?ArrayBuffer$/.test(kind);

/**
 * Type guard: narrows an event to one type, and its data to the documented properties, if there are any.
 *
 * @param event - the result of {@link parseUnauthenticatedEvent}
 * @param type - the name of an event type, such as `avatar_video.success`
 *
 * @example
 * ```ts
 * import {
 *   hasEventType,
 *   parseUnauthenticatedEvent,
 * } from "konpro-client/validation";
 *
 * const event = parseUnauthenticatedEvent(
 *   '{"event_type":"avatar_video.success","event_data":{}}',
 * );
 * if (hasEventType(event, "avatar_video.success")) {
 *   console.log(event.event_data.url);
 * }
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
