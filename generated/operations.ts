// Generated from the contract by "npm run generate". Do not edit: the next run overwrites it.

import type { operations as schema } from "./schema.js";

/** The API's first server: the default `baseUrl`. */
export const server = "https://api.konpro.ai";

/** The header that carries the key. */
export const keyHeader = "x-api-key";

/** Names of members that contain a credential. */
export const secretMembers: readonly string[] = ["secret"];

/** Features that only some contracts use; when a flag is false, bundlers drop the code. */
export const hasPathParameters = false;
export const hasListsOrDatesInQuery = false;
export const hasResponsesWithoutBody = false;

/** What the client needs to know about an operation at run time. */
export interface Operation {
  readonly method: "get" | "put" | "post" | "delete" | "options" | "head" | "patch";
  readonly path: string;
  /** The required options of a call: `["params", "query", NAME]`, `["body"]`. */
  readonly needs?: readonly (readonly string[])[];
  /** For each declared 2xx response, whether it has a body; absent if all of them have one. */
  readonly bodies?: Readonly<Record<string, boolean>>;
  /** Set if the operation needs no key; then none is sent. */
  readonly keyless?: true;
}

/** Each operation by its `operationId`. */
export const operations: Readonly<Record<keyof Operations, Operation>> = {
  listWebhookEndpoints: { method: "get", path: "/v1/webhook/endpoint.list" },
  addWebhookEndpoint: { method: "post", path: "/v1/webhook/endpoint.add", needs: [["body"]] },
  updateWebhookEndpoint: { method: "patch", path: "/v1/webhook/endpoint.update", needs: [["body"]] },
  deleteWebhookEndpoint: { method: "delete", path: "/v1/webhook/endpoint.delete", needs: [["params","query","endpoint_id"]] },
};

/** The operations' types; the client's methods take their descriptions from here. */
export interface Operations {
  /**
   * List webhook endpoints
   *
   * Returns all webhook endpoints of the account, each with its settings, status and signing secret. It takes no
   * parameters and is not paginated.
   *
   * The response contains credentials. Pass it through `redactSecrets` before you log it or send it to a browser.
   *
   * `GET /v1/webhook/endpoint.list`
   */
  listWebhookEndpoints: schema["listWebhookEndpoints"];

  /**
   * Add a webhook endpoint
   *
   * Registers a URL to which events are posted. Before the server registers the URL, it sends an OPTIONS request to it and
   * waits one second for a response.
   *
   * The response contains a credential, the new endpoint's signing secret. The call is never retried automatically: if the
   * response is lost, list the endpoints to see whether the new one was added.
   *
   * `POST /v1/webhook/endpoint.add`
   */
  addWebhookEndpoint: schema["addWebhookEndpoint"];

  /**
   * Update a webhook endpoint
   *
   * Changes the URL of an endpoint, the events it receives, or both. If `events` is null or empty, the endpoint receives
   * all events, which is not the same as omitting `events`. The status cannot be changed: the vendor documents no way to
   * enable or disable an endpoint.
   *
   * The response contains the endpoint's secret. The call is never retried automatically.
   *
   * `PATCH /v1/webhook/endpoint.update`
   */
  updateWebhookEndpoint: schema["updateWebhookEndpoint"];

  /**
   * Delete a webhook endpoint
   *
   * Permanently deletes an endpoint with its settings, history and secret. Deliveries to it stop at once.
   *
   * For an endpoint that does not exist, the API responds with 404. If the response to a successful delete is lost, the
   * retry gets a 404: an error with status 404 and `attempts` above 1 means that the endpoint is gone.
   *
   * `DELETE /v1/webhook/endpoint.delete`
   */
  deleteWebhookEndpoint: schema["deleteWebhookEndpoint"];
}

/** The codes of the API's errors. */
export type ErrorCode = "INVALID_API_KEY" | "INSUFFICIENT_PERMISSIONS" | "RESOURCE_NOT_FOUND" | "VALIDATION_ERROR" | "RATE_LIMIT_EXCEEDED" | "PROCESSING_ERROR" | "SERVICE_UNAVAILABLE" | "INVALID_REQUEST" | "MISSING_API_KEY" | "NOT_FOUND" | (string & {});
