import { QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { startApi } from "./api.js";

test("a query returns the listed endpoints, and a failing one makes 3 requests", async () => {
  await using api = await startApi();
  Object.assign(process.env, api.env);
  const { queryClient, statuses } = await import("./programs/tanstack-query.js");

  /** The final result of a component's `useQuery`. */
  async function query() {
    const observer = new QueryObserver(queryClient, statuses);
    return new Promise((done) => {
      const unsubscribe = observer.subscribe(({ status, data, error, isFetching }) => {
        if (isFetching) return;
        unsubscribe();
        done({ status, data, error });
      });
    });
  }

  expect(await query()).toMatchObject({ status: "success", data: ["enabled"] });
  expect(api.requests.length).toBe(1);

  queryClient.clear();
  api.status = 503;
  expect(await query()).toMatchObject({ status: "error", error: { error: { code: "INVALID_API_KEY" } } });
  expect(api.requests.length).toBe(1 + 3);
});
