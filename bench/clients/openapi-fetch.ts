import createClient from "openapi-fetch";
import type { paths } from "../../generated/schema.js";

/** With the middleware that its documentation shows for a key. */
export default (baseUrl: string, fetch = globalThis.fetch) => {
  const client = createClient<paths>({ baseUrl, fetch });
  client.use({
    onRequest({ request }) {
      request.headers.set("x-api-key", "bench-key-0000");
      return request;
    },
  });
  return async () => {
    const { data, error } = await client.GET("/v1/webhook/endpoint.list");
    if (!data) throw error;
    return data.data;
  };
};
