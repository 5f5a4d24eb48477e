import OpenAI from "openai";

/** An SDK for another API, for the same work: a key, a GET, a list in `data`. */
export default (baseUrl: string, fetch = globalThis.fetch) => {
  const openai = new OpenAI({ apiKey: "bench-key-0000", baseURL: baseUrl, fetch });
  return async () => (await openai.models.list()).data;
};
