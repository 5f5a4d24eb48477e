// Checked by the compiler alone (tsc): a line that should fail and does not is an error, too.
import {
  type AttemptInfo,
  createKonProClient,
  type ErrorCode,
  type ErrorResponse,
  KonProApiError,
  type KonProClient,
  type KonProClientOptions,
  type KonProConnectionError,
  KonProError,
  type KonProTimeoutError,
  type paths,
  type WebhookEndpoint,
  type WebhookEndpointList,
} from "konpro-client";
import type { Client } from "openapi-fetch";
import { expectTypeOf, vi } from "vitest";

const konpro = createKonProClient();

expectTypeOf(konpro.listWebhookEndpoints()).resolves.toEqualTypeOf<WebhookEndpointList>();
expectTypeOf<Awaited<ReturnType<KonProClient["listWebhookEndpoints"]>>>().toEqualTypeOf<WebhookEndpointList>();
expectTypeOf(konpro.GET("/v1/webhook/endpoint.list", { parseAs: "text" })).resolves.toHaveProperty("data");

// A stub of one method is a plain function, as a hand-written one or one of a test runner.
({ listWebhookEndpoints: async () => ({ data: [] }) }) satisfies Pick<KonProClient, "listWebhookEndpoints">;
vi.mocked(konpro.listWebhookEndpoints).mockResolvedValue({ data: [] });
expectTypeOf<WebhookEndpointList["data"]>().toEqualTypeOf<WebhookEndpoint[]>();
expectTypeOf<WebhookEndpoint["events"]>().extract<null>().toEqualTypeOf<null>();
expectTypeOf<WebhookEndpoint["created_at"]>().toEqualTypeOf<string>();

// Open sets: any string fits, and the known values stay visible to completion.
expectTypeOf<"a_future_status">().toExtend<WebhookEndpoint["status"]>();
expectTypeOf<"enabled" | "disabled">().toExtend<WebhookEndpoint["status"]>();
expectTypeOf<string>().not.toEqualTypeOf<WebhookEndpoint["status"]>();
expectTypeOf<Extract<WebhookEndpoint["status"], "enabled" | "disabled">>().toEqualTypeOf<"enabled" | "disabled">();
expectTypeOf<Extract<ErrorCode, "INVALID_API_KEY">>().toEqualTypeOf<"INVALID_API_KEY">();

const endpoint = {} as WebhookEndpoint; // for its type
// @ts-expect-error a misspelt member
endpoint.staus;

const result = await konpro.GET("/v1/webhook/endpoint.list");
expectTypeOf(result.response).toEqualTypeOf<Response>();
if (result.error) {
  if (typeof result.error === "string") expectTypeOf(result.error).toExtend<string>();
  else expectTypeOf(result.error).toEqualTypeOf<ErrorResponse>();
  expectTypeOf(result.data).toEqualTypeOf<undefined>();
} else expectTypeOf(result.data).toEqualTypeOf<WebhookEndpointList>();
expectTypeOf(konpro.request("get", "/v1/webhook/endpoint.list")).resolves.toEqualTypeOf<typeof result>();

konpro.GET("/v1/webhook/endpoint.list", {
  timeout: 1000,
  maxRetries: 0,
  signal: AbortSignal.timeout(1),
  headers: { a: "b" },
});
konpro.listWebhookEndpoints({ timeout: 1000, maxRetries: 0, middleware: [] });
// Every optional member may be undefined (`exactOptionalPropertyTypes` is on).
const maybe: { signal?: AbortSignal; cache?: RequestCache } = {};
konpro.listWebhookEndpoints({ signal: maybe.signal, cache: maybe.cache, headers: undefined, timeout: undefined });
konpro.GET("/v1/webhook/endpoint.list", { signal: maybe.signal, parseAs: undefined, middleware: undefined });
// @ts-expect-error a required one may not
konpro.addWebhookEndpoint({ body: undefined });
// @ts-expect-error no such path
konpro.GET("/v1/webhook/endpoint.lists");
// @ts-expect-error no such operation under this method
konpro.POST("/v1/webhook/endpoint.list");
// @ts-expect-error a misspelt option
konpro.GET("/v1/webhook/endpoint.list", { timeOut: 1000 });
// @ts-expect-error a misspelt option
konpro.request("get", "/v1/webhook/endpoint.list", { maxRetry: 1 });
// @ts-expect-error a misspelt option
konpro.listWebhookEndpoints({ timeOut: 1000 });
// @ts-expect-error an option of another type
konpro.listWebhookEndpoints({ timeout: "1 s" });
// @ts-expect-error no such option
createKonProClient({ key: "k" });

// Errors are ordinary errors, whose name may be changed.
const failure = new KonProError("m");
failure.name = "Mine";
class Named extends KonProApiError {
  override name = "Named";
}
expectTypeOf(new Named("m", { status: 404 }).name).toEqualTypeOf<string>();
expectTypeOf<KonProTimeoutError>().toExtend<KonProConnectionError>();

// A hook is told all members.
expectTypeOf<AttemptInfo["wait"]>().toEqualTypeOf<number | undefined>();
expectTypeOf<Required<AttemptInfo>>().toEqualTypeOf<AttemptInfo>();

expectTypeOf<{ apiKey: string | undefined; fetch: typeof fetch }>().toExtend<KonProClientOptions>();
expectTypeOf<() => Promise<string>>().toExtend<KonProClientOptions["apiKey"]>();

// Whatever is written for openapi-fetch takes the client.
expectTypeOf<KonProClient>().toExtend<Client<paths>>();
// What it infers has plain text where a set is open.
const forAnyClient = <Paths extends object>(client: Client<Paths>) => client;
const { data } = await forAnyClient(konpro).GET("/v1/webhook/endpoint.list");
expectTypeOf(data?.data[0]?.status).toEqualTypeOf<string | undefined>();
expectTypeOf(data?.data[0]?.events).toEqualTypeOf<string[] | null | undefined>();
