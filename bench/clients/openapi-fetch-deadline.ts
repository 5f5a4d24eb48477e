import { createApi } from "./openapi-fetch.js";

/** The deadline covers the body, too, and leaves no timer behind. */
export default (baseUrl: string, fetch = globalThis.fetch) => {
  const api = createApi(baseUrl, fetch);
  return async () => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new Error("No response within 30 s")), 30_000);
    try {
      const { data, error } = await api.GET("/v1/webhook/endpoint.list", { signal: controller.signal });
      if (!data) throw error;
      return data.data;
    } finally {
      clearTimeout(timer);
    }
  };
};
