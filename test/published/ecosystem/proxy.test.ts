import { createServer } from "node:http";
import { connect } from "node:net";
import { createKonProClient } from "konpro-client";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listen } from "../../support/listen.js";
import { type Api, KEY, startApi } from "./api.js";
import { here, NODE24, run } from "./projects.js";

/** The targets of the tunnels that the proxy opened. */
const tunnels: string[] = [];
const proxy = createServer((_request, response) => response.writeHead(405).end());
proxy.on("connect", ({ url = "" }, socket) => {
  tunnels.push(url);
  const { hostname, port } = new URL(`http://${url}`);
  const target = connect(Number(port), hostname, () => socket.write("HTTP/1.1 200 Connection established\r\n\r\n"));
  target.pipe(socket).pipe(target);
  target.on("error", () => socket.destroy());
  socket.on("error", () => target.destroy());
});

let api: Api;
let address: string;
beforeAll(async () => {
  api = await startApi();
  Object.assign(process.env, api.env);
  address = await listen(proxy);
});
beforeEach(() => {
  tunnels.length = 0;
});
afterAll(async () => {
  proxy.close();
  proxy.closeAllConnections();
  await api[Symbol.asyncDispose]();
});

test("the program goes through the proxy", async () => {
  const { konproBehind } = await import("./programs/proxy.js");
  expect(await konproBehind(address).listWebhookEndpoints()).toMatchObject({ data: [{ username: KEY }] });
  expect(tunnels).toEqual([new URL(api.url).host]);
});

test.each(["undici5", "undici6"])("%s has a dispatcher for it, too", async (name) => {
  const { ProxyAgent } = await import(name);
  const dispatcher = new ProxyAgent(address);
  const konpro = createKonProClient({ requestInitExt: { dispatcher } });
  expect(await konpro.listWebhookEndpoints()).toMatchObject({ data: [{ username: KEY }] });
  expect(tunnels).toEqual([new URL(api.url).host]);
  await dispatcher.close();
});

test("Node 24 reads the proxy from the environment", async () => {
  const env = { ...api.env, NODE_USE_ENV_PROXY: "1", HTTP_PROXY: address };
  expect(await run(here, env, NODE24, "programs/list.js")).toBe(`${KEY}\n`);
  expect(tunnels).toEqual([new URL(api.url).host]);
});
