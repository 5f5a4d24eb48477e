// Exports of a user's library, whose declarations have to name every type.
import { createKonProClient } from "konpro-client";
import { createMockApi } from "konpro-client/testing";
import { ContractViolationError, parseUnauthenticatedEvent, validateResponses } from "konpro-client/validation";

export const konpro = createKonProClient();
export const { GET, PUT, POST, DELETE, OPTIONS, HEAD, PATCH, request, use, eject } = konpro;
export const { listWebhookEndpoints, addWebhookEndpoint } = konpro;
export const list = () => konpro.GET("/v1/webhook/endpoint.list");
export const add = (url: string) => konpro.addWebhookEndpoint({ body: { url, events: [] } });
export const stream = () => konpro.request("get", "/v1/webhook/endpoint.list", { parseAs: "stream" });

export const validation = validateResponses();
export const event = parseUnauthenticatedEvent("{}");
export class OwnError extends ContractViolationError {}

export const api = createMockApi();
export const { fetch, reply, requests } = api;
export const last = () => requests.at(-1)?.operation;
