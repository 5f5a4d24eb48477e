// Made from the contract by "npm run generate". Do not edit: the next run overwrites it.

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
         * secret. There are no parameters and no pages: one answer holds them all.
         *
         * The answer contains credentials. Pass it through `redactSecrets` before it is logged or sent to a browser.
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Webhook endpoint list
         * @description All webhook endpoints of the account.
         */
        WebhookEndpointList: {
            /** @description The registered webhook endpoints. */
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
        WebhookEventType: "video.completed" | "avatar.generated" | "avatar_video.success" | "avatar_video.fail" | "video_translate.success" | "video_translate.fail" | "personalized_video" | (string & {});
        /**
         * Error response
         * @description The body of an answer with an error status.
         */
        ErrorResponse: {
            error: components["schemas"]["ErrorDetail"];
            /**
             * @description Identifies the request; worth quoting to the vendor's support.
             * @example req_8f14e45f
             */
            request_id: string;
        };
        /**
         * Error detail
         * @description What went wrong.
         */
        ErrorDetail: {
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
        /** @description The API key is missing or not valid. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The API key is valid but lacks the permission. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
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
        /** @description The API failed. The request may be repeated. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The API is not available for the moment. The request may be repeated. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Any other error, such as 400 for parameters that are not valid or 404 for something that does not exist. */
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
            /** @description The account's webhook endpoints; an empty list when there are none. */
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
}

export type WebhookEndpointList = components["schemas"]["WebhookEndpointList"];
export type WebhookEndpoint = components["schemas"]["WebhookEndpoint"];
export type WebhookEndpointStatus = components["schemas"]["WebhookEndpointStatus"];
export type WebhookEventType = components["schemas"]["WebhookEventType"];
export type ErrorResponse = components["schemas"]["ErrorResponse"];
export type ErrorDetail = components["schemas"]["ErrorDetail"];
export type ErrorCode = components["schemas"]["ErrorCode"];
