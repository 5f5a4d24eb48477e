import { type KonProClient, KonProConnectionError } from "konpro-client";
import { describe, expect, test, vi } from "vitest";
import { keyHeader } from "../../generated/operations.js";
import { connectTo, failureOf, KEY, path } from "../support/client.js";
import { answer, headerOf, redirect, startFaultServer } from "../support/fault-server.js";

describe("the key goes to one origin alone", () => {
  test.each([301, 302, 303, 307, 308])("not across a %i", async (status) => {
    await using other = await startFaultServer(answer(200, "{}"));
    await using server = await startFaultServer(redirect(status, `${other.url}/`));
    const { method, GET } = connectTo(server.url);
    for (const call of [method, GET]) {
      const error = await failureOf(call());
      expect(error).toBeInstanceOf(KonProConnectionError);
      expect(error.message).toContain(`(${status} to ${other.url}/)`);
    }
    expect([server.requests.length, other.connections]).toEqual([2, 0]);
  });

  /** Ways to send a call to where `url` says. */
  const DETOURS: Record<string, (url: string) => { init: object; client?: Parameters<KonProClient["use"]>[0] }> = {
    "a call's baseUrl": (url) => ({ init: { baseUrl: url } }),
    "a middleware": (url) => ({ init: {}, client: { onRequest: () => new Request(`${url}${path}`) } }),
    "a middleware that copies the request": (url) => ({
      init: {},
      client: { onRequest: ({ request }: { request: Request }) => new Request(`${url}${path}`, request) },
    }),
    "a call's middleware": (url) => ({ init: { middleware: [{ onRequest: () => new Request(`${url}${path}`) }] } }),
  };
  const PLACES: Record<string, (url: string, other: string) => string> = {
    "another port": (_, other) => other,
    "another name of the host": (url) => url.replace("127.0.0.1", "localhost"),
    "another scheme": (url) => url.replace("http:", "https:"),
    "a host that begins alike": (url) => `${url.replace(/:\d+$/, "")}.elsewhere.example`,
  };
  const cases = Object.entries(DETOURS).flatMap(([how, detour]) =>
    Object.entries(PLACES).map(([where, place]) => ({ how, where, detour, place })),
  );

  test.each(cases)("not to $where, by $how", async ({ detour, place }) => {
    await using other = await startFaultServer(answer(200, "{}"));
    await using server = await startFaultServer(answer(200, "{}"));
    const target = place(server.url, other.url);
    const { init, client } = detour(target);
    const apiKey = vi.fn(() => KEY);
    const { konpro, method, GET } = connectTo(server.url, { apiKey });
    if (client) konpro.use(client);
    for (const call of [method, GET]) {
      const error = await failureOf(call(init));
      expect(error).toBeInstanceOf(KonProConnectionError);
      expect(error.message).toContain(`not sent to ${target}`);
      expect(error.message).toContain(server.url);
    }
    expect([server.connections, other.connections, apiKey.mock.calls.length]).toEqual([0, 0, 0]);
  });

  test("a call's baseUrl within the origin is fine", async () => {
    await using server = await startFaultServer(answer(200, "{}"));
    await connectTo(server.url).method({ baseUrl: `${server.url}/below/` });
    expect(server.requests[0]).toMatch(`GET /below${path} HTTP/1.1`);
    expect(server.requests.map((request) => headerOf(request, keyHeader))).toEqual([KEY]);
  });
});
