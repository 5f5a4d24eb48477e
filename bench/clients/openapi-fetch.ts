import createClient from "openapi-fetch";
import type { paths } from "../../generated/schema.js";

/** With the middleware that its documentation shows for a key. */
export function createApi(baseUrl: string, fetch: typeof globalThis.fetch) {
  const api = createClient<paths>({ baseUrl, fetch });
  api.use({
    onRequest({ request }) {
      request.headers.set("x-api-key", "bench-key-0000");
      return request;
    },
  });
  return api;
}

export default (baseUrl: string, fetch = globalThis.fetch) => {
  const api = createApi(baseUrl, fetch);
  return async () => {
    const { data, error } = await api.GET("/v1/webhook/endpoint.list");
    if (!data) throw error;
    return data.data;
  };
};
