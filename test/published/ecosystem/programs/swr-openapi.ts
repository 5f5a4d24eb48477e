// Hooks for React. The client retries automatically, so SWR must not.
import { createKonProClient } from "konpro-client";
import { createElement } from "react";
import { createQueryHook } from "swr-openapi";

const useKonPro = createQueryHook(createKonProClient(), "konpro");

export function Statuses() {
  const { data } = useKonPro("/v1/webhook/endpoint.list", undefined, {
    shouldRetryOnError: false,
  });
  const statuses: string[] = data?.data.map(({ status }) => status) ?? [];
  return createElement("p", null, statuses.join(", ") || "loading");
}
