import { listWebhookEndpoints } from "../.cache/orval.js";

let settings = { baseUrl: "", fetch: globalThis.fetch };

/** Without a function like this, as orval documents it, its calls know neither server nor key. */
export const send = async <Answer>(url: string, init: RequestInit): Promise<Answer> => {
  const headers = { ...init.headers, "x-api-key": "bench-key-0000" };
  const response = await settings.fetch(settings.baseUrl + url, { ...init, headers });
  return { data: await response.json(), status: response.status, headers: response.headers } as Answer;
};

export default (baseUrl: string, fetch = globalThis.fetch) => {
  settings = { baseUrl, fetch };
  return async () => {
    const answer = await listWebhookEndpoints();
    if (answer.status !== 200) throw new Error(answer.data.error.message);
    return answer.data.data;
  };
};
