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
  /** Success statuses that come without a body; every other success carries one. */
  readonly bodyless?: readonly string[];
  /** Set where the contract asks for no key: none is sent. */
  readonly keyless?: true;
}

/** Each operation by its `operationId`. */
export const operations: Readonly<Record<keyof Operations, Operation>> = {
  listWebhookEndpoints: { method: "get", path: "/v1/webhook/endpoint.list" },
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
}
