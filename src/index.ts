// Named here too: under pnpm, a user's declaration file could not name a type of openapi-fetch.
export type { Middleware } from "openapi-fetch";
export type * from "../generated/schema.js";
export * from "../generated/values.js";
export type { CallInit, KonProClient, OperationMethod, OperationMethods, RequestVerb, Verb } from "./call-types.js";
export { createKonProClient } from "./client.js";
export {
  KonProApiError,
  type KonProApiErrorInit,
  KonProConnectionError,
  KonProError,
  KonProResponseError,
  KonProTimeoutError,
} from "./errors.js";
export type { ApiKeyProvider, AttemptInfo, CallOptions, Fetch, KonProClientOptions } from "./options.js";
export { listensTo, redactSecrets } from "./webhook-endpoints.js";
