// Generated from the contract by "npm run generate". Do not edit: the next run overwrites it.

export interface paths {
    "/v1/webhook/endpoint.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook endpoints
         *
         * Returns all webhook endpoints of the account, each with its settings, status and signing secret. It takes no
         * parameters and is not paginated.
         *
         * The response contains credentials. Pass it through `redactSecrets` before you log it or send it to a browser.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook/endpoint.add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a webhook endpoint
         *
         * Registers a URL to which events are posted. Before the server registers the URL, it sends an OPTIONS request to it and
         * waits one second for a response.
         *
         * The response contains a credential, the new endpoint's signing secret. The call is never retried automatically: if the
         * response is lost, list the endpoints to see whether the new one was added.
         */
        post: operations["addWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook/endpoint.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a webhook endpoint
         *
         * Changes the URL of an endpoint, the events it receives, or both. If `events` is null or empty, the endpoint receives
         * all events, which is not the same as omitting `events`. The status cannot be changed: the vendor documents no way to
         * enable or disable an endpoint.
         *
         * The response contains the endpoint's secret. The call is never retried automatically.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/v1/webhook/endpoint.delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a webhook endpoint
         *
         * Permanently deletes an endpoint with its settings, history and secret. Deliveries to it stop at once.
         *
         * For an endpoint that does not exist, the API responds with 404. If the response to a successful delete is lost, the
         * retry gets a 404: an error with status 404 and `attempts` above 1 means that the endpoint is gone.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    webhookEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive an event
         *
         * KonPro AI posts each event to the endpoints that subscribe to its type. **Nothing proves that a request comes from
         * KonPro AI**: the vendor has not documented how callbacks are signed ("implementation details coming soon"). An event has no
         * ID, and the vendor recommends idempotent handlers. Retries, timeouts, order and headers are undocumented.
         */
        post: operations["receiveWebhookEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * Webhook endpoint list
         *
         * All webhook endpoints of the account.
         */
        WebhookEndpointList: {
            /**
             * The registered webhook endpoints.
             */
            data: components["schemas"]["WebhookEndpoint"][];
        };
        /**
         * Webhook endpoint
         *
         * A URL to which KonPro AI posts events, with its settings.
         */
        WebhookEndpoint: {
            /**
             * The ID of the endpoint.
             * @example webhook_123456
             */
            endpoint_id: string;
            /**
             * Format: uri
             *
             * The HTTPS URL that events are posted to.
             * @example https://example.com/webhook
             */
            url: string;
            /**
             * Format: password
             *
             * The secret for verifying callbacks; the vendor has not documented how. **It is a credential**: keep it out of
             * logs, browsers and error reports.
             * @example whsec_abc123
             */
            secret: string;
            /**
             * Whether events are delivered to the endpoint.
             */
            status: components["schemas"]["WebhookEndpointStatus"];
            /**
             * The event types that the endpoint receives. **An empty list and null both mean all events.**
             * @example [
             *   "video.completed",
             *   "avatar.generated"
             * ]
             */
            events: components["schemas"]["WebhookEventType"][] | null;
            /**
             * The name of the user who owns the endpoint.
             * @example user123
             */
            username: string;
            /**
             * Format: date-time
             *
             * When the endpoint was created, as an RFC 3339 date-time.
             * @example 2024-01-15T10:30:00Z
             */
            created_at: string;
        };
        /**
         * New webhook endpoint
         *
         * The endpoint to register.
         */
        NewWebhookEndpoint: {
            /**
             * Format: uri
             *
             * The HTTPS URL to post events to. The vendor requires "SSL security level 2 or higher".
             * @example https://example.com/konpro/webhooks
             */
            url: string;
            /**
             * The event types to deliver. Null and an empty list both mean all events.
             * @example [
             *   "video.created",
             *   "avatar.updated"
             * ]
             */
            events?: components["schemas"]["WebhookEventType"][] | null;
            /**
             * Limits the events to one entity, such as a video or a project. Responses do not include it.
             * @example project123
             */
            entity_id?: string;
        };
        /**
         * Webhook endpoint update
         *
         * The changes to an endpoint. Set `url`, `events` or both.
         */
        WebhookEndpointUpdate: {
            /**
             * The ID of the endpoint to update, which must belong to the account.
             * @example endpoint123
             */
            endpoint_id: string;
            /**
             * Format: uri
             *
             * The new URL. The vendor's page says both that it must use HTTPS and "if HTTPS".
             * @example https://example.com/new-webhook-url
             */
            url?: string;
            /**
             * The new event types. Null and an empty list both mean all events.
             * @example [
             *   "video.updated",
             *   "avatar.deleted"
             * ]
             */
            events?: components["schemas"]["WebhookEventType"][] | null;
        };
        /**
         * Deleted webhook endpoint
         *
         * Confirms that an endpoint was deleted.
         */
        DeletedWebhookEndpoint: {
            /**
             * The ID of the deleted endpoint.
             * @example webhook_123456
             */
            endpoint_id: string;
            /**
             * The result, such as `deleted`.
             * @example deleted
             */
            status: string;
            /**
             * A human-readable message.
             * @example Webhook endpoint successfully deleted
             */
            message: string;
            /**
             * Format: date-time
             *
             * When the endpoint was deleted, as an RFC 3339 date-time.
             * @example 2024-01-15T15:45:00Z
             */
            deleted_at: string;
        };
        /**
         * Webhook event
         *
         * The body of a request to a webhook endpoint. Only the data of `avatar_video.success` is documented; the data of all
         * other types is untyped.
         */
        WebhookEvent: components["schemas"]["AvatarVideoSuccessEvent"] | components["schemas"]["OtherWebhookEvent"];
        /**
         * Avatar video success event
         *
         * An avatar video is ready. The only event with documented data.
         */
        AvatarVideoSuccessEvent: {
            /**
             * The type of this event.
             * @constant
             */
            event_type: "avatar_video.success";
            /**
             * The finished video.
             */
            event_data: components["schemas"]["AvatarVideoSuccessData"];
        };
        /**
         * Avatar video success data
         *
         * The finished video. All properties are optional.
         */
        AvatarVideoSuccessData: {
            /**
             * The ID of the video.
             * @example video_123456
             */
            video_id?: string;
            /**
             * The URL of the video.
             * @example https://example.com/video.mp4
             */
            url?: string;
            /**
             * The URL of an animated GIF of the video.
             * @example https://example.com/video.gif
             */
            gif_download_url?: string;
            /**
             * The URL of a page for sharing the video.
             * @example https://example.com/share/video_123456
             */
            video_share_page_url?: string;
            /**
             * The ID of the folder that contains the video.
             * @example folder_123
             */
            folder_id?: string;
            /**
             * The callback ID given when the video was requested.
             * @example callback_123
             */
            callback_id?: string;
        };
        /**
         * Other webhook event
         *
         * An event with undocumented data.
         */
        OtherWebhookEvent: {
            /**
             * The type of this event.
             */
            event_type: components["schemas"]["WebhookEventType"];
            /**
             * Event data; the structure depends on the event type.
             * @example {
             *   "some_future_member": "kept as it came"
             * }
             */
            event_data: Record<string, unknown>;
        };
        /**
         * Webhook endpoint status
         *
         * Whether events are delivered to the endpoint. The API may add values.
         * @example enabled
         */
        WebhookEndpointStatus: "enabled" | "disabled" | (string & {});
        /**
         * Webhook event type
         *
         * An event type. The vendor's pages use two naming schemes (`video.completed`, `avatar_video.success`) and do not say
         * which one is sent. The API may add values.
         * @example avatar_video.success
         */
        WebhookEventType: "video.completed" | "avatar.generated" | "video.created" | "avatar.updated" | "video.updated" | "avatar.deleted" | "avatar_video.success" | "avatar_video.fail" | "avatar_video_gif" | "video_translate.success" | "video_translate.fail" | "personalized_video" | (string & {});
        /**
         * Error response
         *
         * The body of an error response.
         */
        ErrorResponse: {
            /**
             * What went wrong.
             */
            error: components["schemas"]["ErrorDetail"];
            /**
             * The request ID, to quote to the vendor's support.
             * @example req_8f14e45f
             */
            request_id: string;
        };
        /**
         * Validation problems
         *
         * The body of a 422 response. The vendor's pages do not mention it, but the OpenAPI document of the vendor's SDK declares
         * it for every operation with input: it is the format of the FastAPI framework.
         */
        ValidationProblems: {
            /**
             * The invalid parts of the request.
             */
            detail: components["schemas"]["ValidationProblem"][];
        };
        /**
         * Validation problem
         *
         * An invalid part of a request.
         */
        ValidationProblem: {
            /**
             * The path to the invalid value, such as `["body", "url"]`.
             * @example [
             *   "body",
             *   "url"
             * ]
             */
            loc: (string | number)[];
            /**
             * A human-readable message.
             * @example Field required
             */
            msg: string;
            /**
             * A machine-readable error type.
             * @example missing
             */
            type: string;
        };
        /**
         * Error detail
         *
         * What went wrong.
         */
        ErrorDetail: {
            /**
             * A machine-readable error code.
             */
            code: components["schemas"]["ErrorCode"];
            /**
             * A human-readable message.
             * @example The API key is not valid.
             */
            message: string;
            /**
             * Details of the error; the structure depends on the error code.
             * @example {
             *   "limit": 60
             * }
             */
            details?: Record<string, unknown>;
        };
        /**
         * Error code
         *
         * A machine-readable error code. The API may add values.
         * @example INVALID_API_KEY
         */
        ErrorCode: "INVALID_API_KEY" | "INSUFFICIENT_PERMISSIONS" | "RESOURCE_NOT_FOUND" | "VALIDATION_ERROR" | "RATE_LIMIT_EXCEEDED" | "PROCESSING_ERROR" | "SERVICE_UNAVAILABLE" | "INVALID_REQUEST" | "MISSING_API_KEY" | "NOT_FOUND" | (string & {});
    };
    responses: {
        /**
         * The API key is missing or invalid.
         */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * The API key is valid but lacks the required permission.
         */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * The account has no endpoint with this ID.
         */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * The request is invalid.
         */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ValidationProblems"];
            };
        };
        /**
         * The rate limit was exceeded. The vendor does not document a `Retry-After` header, but the client honours one if
         * present.
         */
        RateLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * The API failed. Idempotent requests can be retried.
         */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * The API is temporarily unavailable. Idempotent requests can be retried.
         */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * Any other error, such as 400 for invalid parameters or 404 for a resource that does not exist.
         */
        UnexpectedError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listWebhookEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * The account's webhook endpoints; an empty list if there are none.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    addWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhookEndpoint"];
            };
        };
        responses: {
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
            /**
             * The new webhook endpoint.
             */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            default: components["responses"]["UnexpectedError"];
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointUpdate"];
            };
        };
        responses: {
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
            /**
             * The updated webhook endpoint.
             */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            default: components["responses"]["UnexpectedError"];
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query: {
                /**
                 * The endpoint to delete.
                 * @example webhook_123456
                 */
                endpoint_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * The endpoint has been deleted.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedWebhookEndpoint"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    receiveWebhookEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /**
             * The event was received.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}

export type WebhookEndpointList = components["schemas"]["WebhookEndpointList"];
export type WebhookEndpoint = components["schemas"]["WebhookEndpoint"];
export type NewWebhookEndpoint = components["schemas"]["NewWebhookEndpoint"];
export type WebhookEndpointUpdate = components["schemas"]["WebhookEndpointUpdate"];
export type DeletedWebhookEndpoint = components["schemas"]["DeletedWebhookEndpoint"];
export type WebhookEvent = components["schemas"]["WebhookEvent"];
export type AvatarVideoSuccessEvent = components["schemas"]["AvatarVideoSuccessEvent"];
export type AvatarVideoSuccessData = components["schemas"]["AvatarVideoSuccessData"];
export type OtherWebhookEvent = components["schemas"]["OtherWebhookEvent"];
export type WebhookEndpointStatus = components["schemas"]["WebhookEndpointStatus"];
export type WebhookEventType = components["schemas"]["WebhookEventType"];
export type ErrorResponse = components["schemas"]["ErrorResponse"];
export type ValidationProblems = components["schemas"]["ValidationProblems"];
export type ValidationProblem = components["schemas"]["ValidationProblem"];
export type ErrorDetail = components["schemas"]["ErrorDetail"];
export type ErrorCode = components["schemas"]["ErrorCode"];
