import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../package/install.js";
import { startApi } from "./api.js";
import { here, NODE24, run } from "./projects.js";

const alerts: string[] = [];
let answer = 200;
const chat = createServer(async (request, response) => {
  alerts.push(await text(request));
  response.writeHead(answer).end();
});
afterAll(() => chat.close());

test("a disabled endpoint is told once, and again if nobody heard of it", async () => {
  await using api = await startApi();
  await new Promise<void>((listening) => chat.listen(0, "127.0.0.1", listening));
  const { port } = chat.address() as AddressInfo; // a string only for a pipe
  const STATUS_FILE = join(temporaryFolder(), "statuses.json");
  const job = () =>
    run(here, { ...api.env, STATUS_FILE, ALERT_URL: `http://127.0.0.1:${port}` }, NODE24, "programs/alert.ts");
  await job();
  expect(alerts).toEqual([]);

  api.endpointStatus = "disabled";
  answer = 503;
  await expect(job()).rejects.toThrow("did not arrive");
  answer = 200;
  await job();
  await job();
  expect(alerts).toEqual(Array(2).fill('{"text":"The KonPro endpoint webhook_1 is disabled"}'));

  api.endpointStatus = "enabled";
  await job();
  api.endpointStatus = "disabled";
  await job();
  expect(alerts.length).toBe(3);
});
