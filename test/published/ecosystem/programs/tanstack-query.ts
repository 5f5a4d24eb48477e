// Hooks for React. The client retries automatically: with TanStack's retries in
// addition, a failing query would make 12 requests instead of 3.
import { QueryClient } from "@tanstack/react-query";
import { createKonProClient } from "konpro-client";
import createQueries from "openapi-react-query";

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false } },
});

const konpro = createQueries(createKonProClient());

/** For `useQuery`, in a component under a `QueryClientProvider`. */
export const statuses = konpro.queryOptions(
  "get",
  "/v1/webhook/endpoint.list",
  undefined,
  {
    select: ({ data }): string[] => data.map(({ status }) => status),
  },
);
