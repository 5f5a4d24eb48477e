import { Svix } from "svix";

/** An SDK for another API, for the same work: a key, a GET, a list in `data`. It copies the members that its own API has. */
export default (baseUrl: string, fetch = globalThis.fetch) => {
  const svix = new Svix("bench-key-0000", { serverUrl: baseUrl, fetch });
  return async () => (await svix.endpoint.list("app_1")).data;
};
