import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { type Middleware, SWRConfig } from "swr";
import { expect, test } from "vitest";
import { startApi } from "./api.js";

test("a component shows the listed endpoints", async () => {
  await using api = await startApi();
  Object.assign(process.env, api.env);
  const { Statuses } = await import("./programs/swr-openapi.js");
  const fallback: Record<string, unknown> = {};
  // Rendering to a string starts no request: this does, as a mounted component would.
  const pending: Promise<void>[] = [];
  const load: Middleware = (next) => (key, fetcher, config) => {
    const request = async () => {
      fallback.response = await Reflect.apply(fetcher ?? Object, undefined, [key]);
    };
    if (!fallback.response) pending.push(request());
    return next(key, fetcher, { ...config, fallbackData: fallback.response as never });
  };
  const render = () => renderToString(createElement(SWRConfig, { value: { use: [load] } }, createElement(Statuses)));
  expect(render()).toBe("<p>loading</p>");
  await Promise.all(pending);
  expect(render()).toBe("<p>enabled</p>");
});
