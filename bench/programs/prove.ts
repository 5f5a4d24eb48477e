// Checks that each client returns the same two endpoints, then tests its features.
import { deepStrictEqual } from "node:assert";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { bodyOf, type Connect, load, STUB_URL, stub } from "./connect.js";

const KEY = "bench-key-0000";
const JSON_TYPE = { "content-type": "application/json" };

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const list: RequestListener = (_, response) => response.writeHead(200, JSON_TYPE).end(bodyOf(2));

async function prove(client: string, connect: Connect): Promise<void> {
  const expected: object[] = JSON.parse(bodyOf(2)).data;
  for (const call of [connect(STUB_URL, stub), connect(await serve(list))]) {
    const endpoints = (await call()).map((endpoint) => ({ ...endpoint }));
    deepStrictEqual(endpoints, expected, `${client} returns other endpoints`);
  }
}

const settle = (call: () => Promise<unknown>) =>
  call().then(
    () => undefined,
    (error: unknown) => error,
  );

async function retries(connect: Connect): Promise<boolean> {
  let requests = 0;
  const call = connect(
    await serve((request, response) => {
      if (++requests > 1) list(request, response);
      else response.writeHead(503, JSON_TYPE).end('{"error":{"message":"busy"}}');
    }),
  );
  return (await settle(call)) === undefined && requests === 2;
}

async function rejected(connect: Connect): Promise<unknown> {
  const listener: RequestListener = (_, response) =>
    response.writeHead(401, JSON_TYPE).end('{"error":{"code":"INVALID_API_KEY","message":"no"}}');
  return settle(connect(await serve(listener)));
}

/** Whether the key is withheld from the target of a redirect. */
async function keepsKey(connect: Connect): Promise<boolean> {
  let leaked = false;
  const other = await serve((request, response) => {
    leaked ||= Object.values(request.headers).some((value) => value?.includes(KEY));
    list(request, response);
  });
  const call = connect(await serve((_, response) => response.writeHead(307, { location: `${other}/` }).end()));
  await settle(call);
  return !leaked;
}

/** Speeds up timers by 10,000: a day takes 8.64 s. */
function hurry(): void {
  const { setTimeout } = globalThis;
  const { timeout } = AbortSignal;
  const faster = (ms = 0) => ms / 10_000;
  const fasterTimer = (run: () => void, ms?: number, ...rest: []) => setTimeout(run, faster(ms), ...rest);
  globalThis.setTimeout = Object.assign(fasterTimer, setTimeout);
  AbortSignal.timeout = (ms) => timeout.call(AbortSignal, faster(ms));
}

/** Whether a call without a response ends within a (sped-up) day. */
function givesUp(connect: Connect): Promise<boolean> {
  const never: typeof fetch = (input, init) =>
    new Promise((_, reject) => {
      const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  const day = new Promise<boolean>((resolve) => setTimeout(resolve, 86_400_000, false));
  return Promise.race([settle(connect(STUB_URL, never)).then(() => true), day]);
}

const features: Record<string, string[]> = {};
const clients = process.argv.slice(2);
await Promise.all(
  clients.map(async (client) => {
    const connect = await load(client);
    await prove(client, connect);
    const error = await rejected(connect);
    const status = error instanceof Error && [Reflect.get(error, "status"), Reflect.get(error, "code")].includes(401);
    const response = error instanceof Error && Object(Reflect.get(error, "response")).status === 401;
    const found = {
      retries: await retries(connect),
      errors: status || response,
      redirects: await keepsKey(connect),
      secrets: !inspect(error, { depth: 20, showHidden: true }).includes(KEY),
    };
    features[client] = Object.entries(found).flatMap(([name, has]) => (has ? name : []));
  }),
);
hurry();
await Promise.all(
  clients.map(async (client) => {
    if (await givesUp(await load(client))) features[client]?.push("deadline");
  }),
);
console.log(JSON.stringify(features));
process.exit(); // Some clients would wait forever.
