export type * from "../generated/schema.js";
export {
  type CallInit,
  createKonProClient,
  type KonProClient,
  type OperationMethod,
  type OperationMethods,
} from "./client.js";
export {
  KonProApiError,
  KonProConnectionError,
  KonProError,
  KonProResponseError,
  KonProTimeoutError,
} from "./errors.js";
export type { ApiKeyProvider, CallOptions, Fetch, KonProClientOptions } from "./options.js";
export { listensTo, redactSecrets } from "./webhook-endpoints.js";
