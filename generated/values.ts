// Generated from the contract by "npm run generate". Do not edit: the next run overwrites it.

/**
 * The values of {@link WebhookEndpointStatus} that are known today; the API may send others.
 *
 * Whether events are delivered to the endpoint. The API may add values.
 *
 * @example
 * ```ts
 * import { WEBHOOK_ENDPOINT_STATUSES } from "konpro-client";
 *
 * const isKnown = (value: unknown) => WEBHOOK_ENDPOINT_STATUSES.some((known) => known === value);
 * ```
 */
export const WEBHOOK_ENDPOINT_STATUSES = ["enabled","disabled"] as const;
/** One of {@link WEBHOOK_ENDPOINT_STATUSES}. */
export type KnownWebhookEndpointStatus = (typeof WEBHOOK_ENDPOINT_STATUSES)[number];

/**
 * The values of {@link WebhookEventType} that are known today; the API may send others.
 *
 * An event type. The vendor's pages use two naming schemes (`video.completed`, `avatar_video.success`) and do not say which one is sent. The API may add values.
 *
 * @example
 * ```ts
 * import { WEBHOOK_EVENT_TYPES } from "konpro-client";
 *
 * const isKnown = (value: unknown) => WEBHOOK_EVENT_TYPES.some((known) => known === value);
 * ```
 */
export const WEBHOOK_EVENT_TYPES = ["video.completed","avatar.generated","video.created","avatar.updated","video.updated","avatar.deleted","avatar_video.success","avatar_video.fail","avatar_video_gif","video_translate.success","video_translate.fail","personalized_video"] as const;
/** One of {@link WEBHOOK_EVENT_TYPES}. */
export type KnownWebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number];

/**
 * The values of {@link ErrorCode} that are known today; the API may send others.
 *
 * A machine-readable error code. The API may add values.
 *
 * @example
 * ```ts
 * import { ERROR_CODES } from "konpro-client";
 *
 * const isKnown = (value: unknown) => ERROR_CODES.some((known) => known === value);
 * ```
 */
export const ERROR_CODES = ["INVALID_API_KEY","INSUFFICIENT_PERMISSIONS","RESOURCE_NOT_FOUND","VALIDATION_ERROR","RATE_LIMIT_EXCEEDED","PROCESSING_ERROR","SERVICE_UNAVAILABLE","INVALID_REQUEST","MISSING_API_KEY","NOT_FOUND"] as const;
/** One of {@link ERROR_CODES}. */
export type KnownErrorCode = (typeof ERROR_CODES)[number];
