// Made from the contract by "npm run generate". Do not edit: the next run overwrites it.

import type { operations as schema } from "./schema.js";

/** The API's first server: the default `baseUrl`. */
export const server = "https://api.konpro.ai";

/** The header that carries the key. */
export const keyHeader = "x-api-key";

/** Names of members that hold a credential wherever they occur. */
export const secretMembers: readonly string[] = ["secret"];

/** What the client must know of an operation at run time. */
export interface Operation {
  readonly method: "get" | "put" | "post" | "delete" | "options" | "head" | "patch";
  readonly path: string;
  /** The media types of its answers, where they are not `application/json` alone. */
  readonly accept?: string;
  /** The media type of its body, where it is not `application/json`. */
  readonly body?: string;
  /** How the body of a success is read, where it is not JSON. */
  readonly read?: "text" | "blob";
  /** For each declared success, whether it has a body; absent where all of them have one. */
  readonly bodies?: Readonly<Record<string, boolean>>;
  /** Set where the contract asks for no key: none is sent. */
  readonly keyless?: true;
}

/** Each operation by its `operationId`. */
export const operations: Readonly<Record<keyof Operations, Operation>> = {
  listWebhookEndpoints: { method: "get", path: "/v1/webhook/endpoint.list" },
  addWebhookEndpoint: { method: "post", path: "/v1/webhook/endpoint.add" },
  updateWebhookEndpoint: { method: "patch", path: "/v1/webhook/endpoint.update" },
  deleteWebhookEndpoint: { method: "delete", path: "/v1/webhook/endpoint.delete" },
};

/** The operations' types; the client's methods take their descriptions from here. */
export interface Operations {
  /**
   * List webhook endpoints
   *
   * Returns every webhook endpoint registered to the account, each with its settings, its status and its signing
   * secret. There are no parameters and no pages: one answer holds them all.
   *
   * The answer contains credentials. Pass it through `redactSecrets` before it is logged or sent to a browser.
   *
   * `GET /v1/webhook/endpoint.list`
   */
  listWebhookEndpoints: schema["listWebhookEndpoints"];

  /**
   * Add a webhook endpoint
   *
   * Registers a URL to which events are posted. Before it does, the server sends an OPTIONS request to the URL, which has
   * to be answered within one second.
   *
   * The answer contains a credential, the new endpoint's signing secret. The call is never repeated by itself: if the answer
   * is lost, list the endpoints to see whether the new one is there.
   *
   * `POST /v1/webhook/endpoint.add`
   */
  addWebhookEndpoint: schema["addWebhookEndpoint"];

  /**
   * Update a webhook endpoint
   *
   * Changes the URL of an endpoint, the events it listens to, or both. Null or an empty list of events means all of them,
   * which is not the same as leaving `events` out. The status cannot be set: no way to enable or disable an endpoint is
   * published.
   *
   * The answer contains the endpoint's secret. The call is never repeated by itself.
   *
   * `PATCH /v1/webhook/endpoint.update`
   */
  updateWebhookEndpoint: schema["updateWebhookEndpoint"];

  /**
   * Delete a webhook endpoint
   *
   * Removes an endpoint for good, with its settings, history and secret. Deliveries to it stop at once.
   *
   * An endpoint that does not exist is answered with 404. So when the first answer is lost and the client tries again, a
   * deletion that has worked ends in 404: an error with status 404 and `attempts` above 1 means that the endpoint is gone.
   *
   * `DELETE /v1/webhook/endpoint.delete`
   */
  deleteWebhookEndpoint: schema["deleteWebhookEndpoint"];
}

/** The codes of the API's errors. */
export type ErrorCode = "INVALID_API_KEY" | "INSUFFICIENT_PERMISSIONS" | "RESOURCE_NOT_FOUND" | "VALIDATION_ERROR" | "RATE_LIMIT_EXCEEDED" | "PROCESSING_ERROR" | "SERVICE_UNAVAILABLE" | "INVALID_REQUEST" | "MISSING_API_KEY" | "NOT_FOUND" | (string & {});
