// A user's program for old and new compilers: type-checked, never run.
import {
  type CallOptions,
  createKonProClient,
  KonProApiError,
  type KonProClient,
  type KonProClientOptions,
  KonProConnectionError,
  KonProError,
  KonProResponseError,
  KonProTimeoutError,
  listensTo,
  redactSecrets,
  type WebhookEndpoint,
} from "konpro-client";
import { createMockApi, type MockResponse } from "konpro-client/testing";
import { type ContractViolationError, validateResponses } from "konpro-client/validation";

const options: KonProClientOptions = {
  apiKey: async () => "key",
  timeout: 1000,
  fetch: (request, init) => fetch(request, init),
};
const konpro: KonProClient = createKonProClient(options);
const call: CallOptions = { maxRetries: 0 };
/** Optional members accept undefined, even under `exactOptionalPropertyTypes`. */
export const abortable = (signal: AbortSignal | undefined) => konpro.listWebhookEndpoints({ signal });

export async function program(): Promise<string[]> {
  const { data: endpoints } = await konpro.listWebhookEndpoints({ ...call, signal: AbortSignal.timeout(1000) });
  const live: WebhookEndpoint[] = endpoints.filter(
    (endpoint) => endpoint.status === "enabled" && listensTo(endpoint, "x"),
  );
  const urls: string[] = redactSecrets(live).map(({ url }) => url);
  const types: string[] | null | undefined = endpoints[0]?.events;

  const { data, error, response } = await konpro.GET("/v1/webhook/endpoint.list", {
    headers: { accept: "application/json" },
  });
  if (error) {
    const code = typeof error === "object" && "error" in error ? `${error.error.code} ${error.request_id}` : error;
    throw new Error(`${response.status} ${code}`);
  }
  konpro.use({ onRequest: ({ request }) => request });
  return [...urls, ...(types ?? []), ...data.data.map(({ endpoint_id }) => endpoint_id)];
}

export function explain(error: unknown): string | number | null | undefined {
  if (error instanceof KonProApiError) return error.retryAfter ?? error.code;
  if (error instanceof KonProTimeoutError) return error.timeout;
  if (error instanceof KonProConnectionError) return error.attempts;
  if (error instanceof KonProResponseError) return error.contentType;
  return error instanceof KonProError ? error.message : undefined;
}

export function mocked(response: MockResponse<"listWebhookEndpoints">): KonProClient {
  const api = createMockApi();
  api.reply("listWebhookEndpoints", response, { status: 503 }, { body: { data: [] } });
  const client = createKonProClient({ apiKey: "key", fetch: api.fetch });
  // The validation's error extends the client's error class.
  const explainViolation = (error: ContractViolationError) => void explain(error satisfies KonProResponseError);
  client.use(validateResponses({ onViolation: explainViolation }));
  return client;
}

export async function mistakes(): Promise<void> {
  const { data: endpoints } = await konpro.listWebhookEndpoints();
  // @ts-expect-error A misspelt member.
  endpoints[0]?.staus;
  // @ts-expect-error A path that is not in the contract.
  await konpro.GET("/v1/nothing");
  // @ts-expect-error An option of the wrong type.
  createKonProClient({ timeout: "1 s" });
}
