// A local KonPro API with what these programs need.
import { createServer } from "node:http";
import { listen } from "../../support/listen.js";

/** One received request. */
interface Seen {
  key: string | undefined;
  cookie: string | undefined;
}

export interface Api extends AsyncDisposable {
  readonly url: string;
  /** Environment variables for a program. */
  readonly env: { KONPRO_API_KEY: string; KONPRO_BASE_URL: string };
  readonly requests: Seen[];
  /** The statuses of the next responses. */
  readonly next: number[];
  /** The status of the responses after those. */
  status: number;
  /** Headers of every response. */
  readonly headers: Map<string, string>;
  /** The endpoint's own status. */
  endpointStatus: string;
}

/** Lists one endpoint: its `username` says whose key came with the request. */
export async function startApi(): Promise<Api> {
  const requests: Seen[] = [];
  const headers = new Map<string, string>();
  const api = { requests, headers, next: [] as number[], status: 200, endpointStatus: "enabled" };
  const server = createServer((request, response) => {
    const key = request.headers["x-api-key"]?.toString();
    const isList = request.method === "GET" && request.url === "/v1/webhook/endpoint.list";
    requests.push({ key, cookie: request.headers.cookie });
    const status = !isList ? 404 : key ? (api.next.shift() ?? api.status) : 401;
    response.setHeaders(headers).writeHead(status, { "content-type": "application/json" });
    const list = { data: [endpointOf(`${key}`, api.endpointStatus)] };
    response.end(JSON.stringify(status === 200 ? list : errorOf(`${key}`)));
  });
  const url = await listen(server);
  return Object.assign(api, {
    url,
    env: { KONPRO_API_KEY: KEY, KONPRO_BASE_URL: url },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  });
}

/** The key in {@link Api.env}; no output of a program may contain it. */
export const KEY = "key-of-this-program";

/** The secret of the endpoint; no output of a program may contain it, either. */
export const SECRET = "whsec_of_this_endpoint";

const endpointOf = (username: string, status: string) => ({
  endpoint_id: "webhook_1",
  url: "https://example.com/hook",
  secret: SECRET,
  status,
  events: null,
  username,
  created_at: "2026-01-15T10:30:00Z",
});

/** An API that echoes what it was sent: errors must not show it. */
const errorOf = (key: string) => ({
  error: { code: "INVALID_API_KEY", message: `No such key: ${key}`, details: { key, secret: SECRET } },
  request_id: "req-1",
});
