// Tools that users put around the client, and bundlers that users put it through. Nothing here has a DOM.
import { gzipSync } from "node:zlib";
import { QueryClient } from "@tanstack/react-query";
import { build as esbuild } from "esbuild";
import { createKonProClient, type WebhookEndpointList } from "konpro-client";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import createQueries from "openapi-react-query";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import type { Middleware } from "swr";
import { createQueryHook } from "swr-openapi";
import { build as vite } from "vite";
import { afterAll, describe, expect, expectTypeOf, inject, test } from "vitest";
import { keyHeader, operations, server } from "../../../../generated/operations.js";
import type {} from "../../../contract/mock.js";

const list = "/v1/webhook/endpoint.list";
const apiKey = "tools-key-0000";
const konpro = createKonProClient({ apiKey, baseUrl: inject("mock"), maxRetries: 0 });
const unauthorized = { headers: { Prefer: "code=401" } };

test("openapi-react-query takes the client", async () => {
  const queries = createQueries(konpro);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const answer = await client.fetchQuery(queries.queryOptions("get", list));
  expectTypeOf(answer.data[0]?.url).toEqualTypeOf<string | undefined>();
  expect(answer).toEqual(await konpro.listWebhookEndpoints());
  const failure = client.fetchQuery(queries.queryOptions("get", list, unauthorized));
  await expect(failure).rejects.toMatchObject({ error: { code: expect.any(String) } });
  client.clear();
});

test("swr-openapi takes the client", async () => {
  const useList = createQueryHook(konpro, "konpro");
  let fetched: unknown;
  const call: Middleware = (next) => (key, fetcher, config) => {
    fetched = fetcher && Reflect.apply(fetcher, undefined, [key]);
    return next(key, fetcher, config);
  };
  const Page = () => {
    const { data } = useList(list, {}, { use: [call] });
    expectTypeOf(data?.data[0]?.url).toEqualTypeOf<string | undefined>();
    return data ? "loaded" : "loading";
  };
  expect(renderToString(createElement(Page))).toBe("loading");
  expect(await fetched).toEqual(await konpro.listWebhookEndpoints());
});

test("MSW intercepts the client", async () => {
  const body: WebhookEndpointList = { data: [] };
  let key: string | null = null;
  const { path } = operations.listWebhookEndpoints;
  const interceptor = setupServer(
    http.get(server + path, ({ request }) => {
      key = request.headers.get(keyHeader);
      return HttpResponse.json(body);
    }),
  );
  interceptor.listen({ onUnhandledRequest: "error" });
  try {
    expect(await createKonProClient({ apiKey }).listWebhookEndpoints()).toEqual(body);
    expect(key).toBe(apiKey);
  } finally {
    interceptor.close();
  }
});

describe("bundled for the browser, minified", () => {
  const entry = (name: string) => new URL(`bundles/${name}.js`, import.meta.url).pathname;
  const bundlers = {
    async esbuild(name: string) {
      const options = { bundle: true, minify: true, format: "esm", platform: "browser", write: false } as const;
      const { outputFiles, warnings, metafile } = await esbuild({
        ...options,
        entryPoints: [entry(name)],
        logLevel: "silent",
        metafile: true,
      });
      expect(warnings).toEqual([]);
      expect(Object.keys(metafile.inputs).join()).toContain("node_modules/konpro-client/dist/index.js");
      return outputFiles.map(({ text }) => text).join("");
    },
    async Vite(name: string) {
      const warnings: string[] = [];
      const output = await vite({
        configFile: false,
        logLevel: "silent",
        build: {
          write: false,
          modulePreload: false,
          rolldownOptions: { input: entry(name), onwarn: ({ message }) => warnings.push(message) },
        },
      });
      expect(warnings).toEqual([]);
      const bundles = [output].flat().flatMap((bundle) => ("output" in bundle ? bundle.output : []));
      return bundles.map((file) => ("code" in file ? file.code : "")).join("");
    },
  };

  const sizes: Record<string, Record<string, number>> = {};
  afterAll(() => console.table(sizes));

  test.each(Object.entries(bundlers))(
    "%s leaves the client out where only listensTo is imported",
    async (name, bundle) => {
      const [client, helper] = [await bundle("client"), await bundle("listens-to")];
      sizes[name] = {
        client: client.length,
        "client, gz": gzipSync(client).length,
        listensTo: helper.length,
        "listensTo, gz": gzipSync(helper).length,
      };
      for (const text of [client, helper]) expect(text).not.toMatch(/["'`]node:|\brequire\(/);
      expect(client).toContain(keyHeader);
      expect(helper).toContain("includes");
      expect(helper).not.toContain(keyHeader);
      expect(helper.length).toBeLessThan(250);
      expect(client.length).toBeLessThan(30_000);
    },
  );
});
