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
         * @description Returns every webhook endpoint registered to the account, each with its settings, its status and its signing
         * secret. There are no parameters and no pages: one response holds them all.
         *
         * The response contains credentials. Pass it through `redactSecrets` before it is logged or sent to a browser.
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
         * @description Registers a URL to which events are posted. Before it does, the server sends an OPTIONS request to the URL, which has
         * to get a response within one second.
         *
         * The response contains a credential, the new endpoint's signing secret. The call is never repeated by itself: if the response
         * is lost, list the endpoints to see whether the new one is there.
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
         * @description Changes the URL of an endpoint, the events it listens to, or both. Null or an empty list of events means all of them,
         * which is not the same as leaving `events` out. The status cannot be set: no way to enable or disable an endpoint is
         * published.
         *
         * The response contains the endpoint's secret. The call is never repeated by itself.
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
         * @description Removes an endpoint for good, with its settings, history and secret. Deliveries to it stop at once.
         *
         * For an endpoint that does not exist, the API responds with 404. So when the first response is lost and the client tries again, a
         * deletion that has worked ends in 404: an error with status 404 and `attempts` above 1 means that the endpoint is gone.
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
         * @description KonPro AI posts each event to the endpoints that listen to its type. **Nothing proves that a request comes from KonPro AI**:
         * how callbacks are signed is not published ("implementation details coming soon"). An event has no identifier, and the vendor
         * asks that handlers cope with duplicates. Retries, timeouts, order and headers are not published.
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
         * @description All webhook endpoints of the account.
         */
        WebhookEndpointList: {
            /**
             * @description The registered webhook endpoints.
             */
            data: components["schemas"]["WebhookEndpoint"][];
        };
        /**
         * Webhook endpoint
         * @description A URL that KonPro AI calls when events happen, with the settings it was registered with.
         */
        WebhookEndpoint: {
            /**
             * @description Identifies the endpoint.
             * @example webhook_123456
             */
            endpoint_id: string;
            /**
             * Format: uri
             * @description The HTTPS address that events are posted to.
             * @example https://example.com/webhook
             */
            url: string;
            /**
             * Format: password
             * @description The secret for telling genuine callbacks from forged ones. **It is a credential**: keep it out of logs,
             * browsers and error reports.
             * @example whsec_abc123
             */
            secret: string;
            /**
             * @description Whether events are being delivered to the endpoint.
             */
            status: components["schemas"]["WebhookEndpointStatus"];
            /**
             * @description The event types that are delivered to this endpoint. **An empty list and null both mean all of them.**
             * @example [
             *   "video.completed",
             *   "avatar.generated"
             * ]
             */
            events: components["schemas"]["WebhookEventType"][] | null;
            /**
             * @description The name of the user the endpoint belongs to.
             * @example user123
             */
            username: string;
            /**
             * Format: date-time
             * @description When the endpoint was created, as an RFC 3339 date-time.
             * @example 2024-01-15T10:30:00Z
             */
            created_at: string;
        };
        /**
         * New webhook endpoint
         * @description What to register.
         */
        NewWebhookEndpoint: {
            /**
             * Format: uri
             * @description The HTTPS address that events are to be posted to. The vendor asks for "SSL security level 2 or higher".
             * @example https://example.com/konpro/webhooks
             */
            url: string;
            /**
             * @description The event types to deliver. Null and an empty list mean all of them.
             * @example [
             *   "video.created",
             *   "avatar.updated"
             * ]
             */
            events?: components["schemas"]["WebhookEventType"][] | null;
            /**
             * @description Limits the events to one video, project or the like. It is not part of any response.
             * @example project123
             */
            entity_id?: string;
        };
        /**
         * Webhook endpoint update
         * @description What to change of an endpoint. At least one of `url` and `events` belongs beside the identifier.
         */
        WebhookEndpointUpdate: {
            /**
             * @description The endpoint to change, one of the account's own.
             * @example endpoint123
             */
            endpoint_id: string;
            /**
             * Format: uri
             * @description The new address. One line of the vendor's page asks for HTTPS, another only "if HTTPS".
             * @example https://example.com/new-webhook-url
             */
            url?: string;
            /**
             * @description The event types to deliver from now on. Null and an empty list mean all of them.
             * @example [
             *   "video.updated",
             *   "avatar.deleted"
             * ]
             */
            events?: components["schemas"]["WebhookEventType"][] | null;
        };
        /**
         * Deleted webhook endpoint
         * @description Confirms that an endpoint is gone.
         */
        DeletedWebhookEndpoint: {
            /**
             * @description Identifies the endpoint that was deleted.
             * @example webhook_123456
             */
            endpoint_id: string;
            /**
             * @description What became of it.
             * @example deleted
             */
            status: string;
            /**
             * @description The same for people.
             * @example Webhook endpoint successfully deleted
             */
            message: string;
            /**
             * Format: date-time
             * @description When the endpoint was deleted, as an RFC 3339 date-time.
             * @example 2024-01-15T15:45:00Z
             */
            deleted_at: string;
        };
        /**
         * Webhook event
         * @description What is posted to a webhook endpoint. The data of one event type is published; that of the others is open.
         */
        WebhookEvent: components["schemas"]["AvatarVideoSuccessEvent"] | components["schemas"]["OtherWebhookEvent"];
        /**
         * Avatar video success event
         * @description An avatar video is ready. The one event whose data is published.
         */
        AvatarVideoSuccessEvent: {
            /**
             * @description The type of this event.
             * @constant
             */
            event_type: "avatar_video.success";
            /**
             * @description The finished video.
             */
            event_data: components["schemas"]["AvatarVideoSuccessData"];
        };
        /**
         * Avatar video success data
         * @description The finished video. None of its members is promised.
         */
        AvatarVideoSuccessData: {
            /**
             * @description Identifies the video.
             * @example video_123456
             */
            video_id?: string;
            /**
             * @description Where the video is.
             * @example https://example.com/video.mp4
             */
            url?: string;
            /**
             * @description Where an animated preview is.
             * @example https://example.com/video.gif
             */
            gif_download_url?: string;
            /**
             * @description A page that shows the video.
             * @example https://example.com/share/video_123456
             */
            video_share_page_url?: string;
            /**
             * @description Identifies the folder that the video is in.
             * @example folder_123
             */
            folder_id?: string;
            /**
             * @description What was given as the callback's identifier when the video was ordered.
             * @example callback_123
             */
            callback_id?: string;
        };
        /**
         * Other webhook event
         * @description An event whose data is not published.
         */
        OtherWebhookEvent: {
            /**
             * @description The type of this event.
             */
            event_type: components["schemas"]["WebhookEventType"];
            /**
             * @description More about the event, of a shape that depends on its type.
             * @example {
             *   "some_future_member": "kept as it came"
             * }
             */
            event_data: Record<string, unknown>;
        };
        /**
         * Webhook endpoint status
         * @description Whether events are being delivered to the endpoint. An open set.
         * @example enabled
         */
        WebhookEndpointStatus: "enabled" | "disabled" | (string & {});
        /**
         * Webhook event type
         * @description The name of a kind of event. An open set; the names published so far are listed.
         * @example avatar_video.success
         */
        WebhookEventType: "video.completed" | "avatar.generated" | "video.created" | "avatar.updated" | "video.updated" | "avatar.deleted" | "avatar_video.success" | "avatar_video.fail" | "avatar_video_gif" | "video_translate.success" | "video_translate.fail" | "personalized_video" | (string & {});
        /**
         * Error response
         * @description The body of an error response.
         */
        ErrorResponse: {
            /**
             * @description What went wrong.
             */
            error: components["schemas"]["ErrorDetail"];
            /**
             * @description Identifies the request; worth quoting to the vendor's support.
             * @example req_8f14e45f
             */
            request_id: string;
        };
        /**
         * Validation problems
         * @description The body of a 422. No page of the vendor has it, but the OpenAPI document of the vendor's SDK does, on every operation with
         * input: it is what the framework FastAPI sends.
         */
        ValidationProblems: {
            /**
             * @description Each part of the request that is not valid.
             */
            detail: components["schemas"]["ValidationProblem"][];
        };
        /**
         * Validation problem
         * @description One part of a request that is not valid.
         */
        ValidationProblem: {
            /**
             * @description The way to it, such as `body`, then the name of a member, or an index.
             * @example [
             *   "body",
             *   "url"
             * ]
             */
            loc: (string | number)[];
            /**
             * @description What is wrong, for people.
             * @example Field required
             */
            msg: string;
            /**
             * @description What is wrong, for programs.
             * @example missing
             */
            type: string;
        };
        /**
         * Error detail
         * @description What went wrong.
         */
        ErrorDetail: {
            /**
             * @description The kind of error, for programs.
             */
            code: components["schemas"]["ErrorCode"];
            /**
             * @description An explanation for people.
             * @example The API key is not valid.
             */
            message: string;
            /**
             * @description More about the error, of a shape that depends on its code.
             * @example {
             *   "limit": 60
             * }
             */
            details?: Record<string, unknown>;
        };
        /**
         * Error code
         * @description The kind of error, for programs. An open set.
         * @example INVALID_API_KEY
         */
        ErrorCode: "INVALID_API_KEY" | "INSUFFICIENT_PERMISSIONS" | "RESOURCE_NOT_FOUND" | "VALIDATION_ERROR" | "RATE_LIMIT_EXCEEDED" | "PROCESSING_ERROR" | "SERVICE_UNAVAILABLE" | "INVALID_REQUEST" | "MISSING_API_KEY" | "NOT_FOUND" | (string & {});
    };
    responses: {
        /**
         * @description The API key is missing or not valid.
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
         * @description The API key is valid but lacks the permission.
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
         * @description There is no such endpoint in the account.
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
         * @description The request is not valid.
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
         * @description The rate limit of the plan is used up. The vendor documents no header that tells when to come back; the client
         * honours `Retry-After` if one is sent.
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
         * @description The API failed. The request may be repeated.
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
         * @description The API is not available for the moment. The request may be repeated.
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
         * @description Any other error, such as 400 for parameters that are not valid or 404 for something that does not exist.
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
             * @description The account's webhook endpoints; an empty list when there are none.
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
             * @description The new webhook endpoint.
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
             * @description The webhook endpoint as it is now.
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
                 * @description The endpoint to delete.
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
             * @description The endpoint has been deleted.
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
             * @description The event has been received.
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
