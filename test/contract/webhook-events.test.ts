import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { inspect } from "node:util";
import {
  type AvatarVideoSuccessData,
  type KnownWebhookEventType,
  KonProError,
  WEBHOOK_ENDPOINT_STATUSES,
  WEBHOOK_EVENT_TYPES,
  type WebhookEndpointStatus,
  type WebhookEvent,
  type WebhookEventType,
} from "konpro-client";
import { hasEventType, parseUnauthenticatedEvent } from "konpro-client/validation";
import { afterAll, beforeAll, describe, expect, expectTypeOf, test, vi } from "vitest";
import { readContract } from "../../scripts/contract/read.js";

/** What a user imports, from the source. */
const ALIAS = {
  "konpro-client/validation": new URL("../../src/validation.ts", import.meta.url).pathname,
  "konpro-client": new URL("../../src/index.ts", import.meta.url).pathname,
};

const ready = { event_type: "avatar_video.success", event_data: { video_id: "video_1", later: 1 } };
const other = { event_type: "a_future.event", event_data: { anything: [1] }, id: "extra" };

describe("parseUnauthenticatedEvent", () => {
  test.each([ready, other, { ...ready, event_data: {} }])("takes %j as text, as bytes and parsed", (event) => {
    const text = JSON.stringify(event);
    for (const body of [text, Buffer.from(text), new TextEncoder().encode(text), event]) {
      expect(parseUnauthenticatedEvent(body)).toEqual(event);
    }
  });

  test("takes every example of the contract", async () => {
    const { document } = await readContract("openapi.yaml");
    const { examples } = Object(document).webhooks.webhookEvent.post.requestBody.content["application/json"];
    const values = Object.values<{ value: unknown }>(examples).map(({ value }) => value);
    expect(values.map(parseUnauthenticatedEvent)).toEqual(values);
  });

  const MARK = "fake-marker";
  test.each<[unknown, RegExp]>([
    [{}, /\/event_type is missing; \/event_data is missing/],
    [{ event_type: MARK }, /\/event_data is missing/],
    [{ event_type: 7, event_data: {} }, /\/event_type must be string/],
    [{ ...ready, event_data: { video_id: [MARK] } }, /\/event_data\/video_id must be string/],
    [{ event_type: "x", event_data: MARK }, /\/event_data must be object/],
    [[], /it must be object/],
    [null, /it must be object/],
    [undefined, /it must be object/],
    [MARK, /is not JSON/],
    [`{"${MARK}`, /is not JSON/],
    ["", /is not JSON/],
    [new Uint8Array([0xff]), /is not JSON/],
  ])("refuses %j, says where, and quotes nothing", (body, message) => {
    const parse = () => parseUnauthenticatedEvent(body);
    expect(parse).toThrow(KonProError);
    expect(parse).toThrow(message);
    expect(parse).toThrow(/400/);
    try {
      parse();
    } catch (error) {
      expect(inspect(error)).not.toContain(MARK);
    }
  });
});

test("hasEventType tells the types of events apart, and the compiler knows the published data", () => {
  const event = parseUnauthenticatedEvent(ready);
  expect([hasEventType(event, "avatar_video.success"), hasEventType(event, "avatar_video.fail")]).toEqual([
    true,
    false,
  ]);
  if (hasEventType(event, "avatar_video.success")) {
    expectTypeOf(event.event_data).toEqualTypeOf<AvatarVideoSuccessData>();
    // @ts-expect-error a misspelt member
    event.event_data.vido_id;
  }
  if (hasEventType(event, "avatar_video.fail")) expectTypeOf(event).toExtend<WebhookEvent>();
});

test("known values of open sets are constants, with their types", () => {
  expect(WEBHOOK_EVENT_TYPES).toContain("avatar_video.success");
  expect(WEBHOOK_ENDPOINT_STATUSES).toEqual(["enabled", "disabled"]);
  expectTypeOf<KnownWebhookEventType>().toExtend<WebhookEventType>();
  expectTypeOf<"enabled" | "disabled">().toEqualTypeOf<(typeof WEBHOOK_ENDPOINT_STATUSES)[number]>();
  expectTypeOf<"a_future_status">().toExtend<WebhookEndpointStatus>();
});

describe("examples/receive-events.ts", () => {
  const PATH = "/webhooks/fake-path";
  let program: ChildProcess;
  let url = "";
  let printed = "";

  beforeAll(async () => {
    const args = ["--import", "jiti/register", "examples/receive-events.ts"];
    program = spawn(process.execPath, args, {
      env: { ...process.env, PORT: "0", WEBHOOK_PATH: PATH, JITI_ALIAS: JSON.stringify(ALIAS) },
    });
    program.stdout?.on("data", (chunk) => {
      printed += chunk;
    });
    program.stderr?.pipe(process.stderr);
    await vi.waitFor(() => expect(printed).toMatch(/listening on \d+\n/), { timeout: 120_000 });
    url = `http://127.0.0.1:${/listening on (\d+)/.exec(printed)?.[1]}${PATH}`;
  });
  afterAll(async () => {
    program.kill();
    await once(program, "exit");
  });

  const post = (body: BodyInit, to = url) => fetch(to, { method: "POST", body }).then(({ status }) => status);

  test("answers the check before a URL is registered", async () => {
    expect((await fetch(url, { method: "OPTIONS" })).status).toBe(200);
  });

  test("acknowledges an event with 200, and handles it once when it comes twice", async () => {
    expect([await post(JSON.stringify(ready)), await post(JSON.stringify(ready))]).toEqual([200, 200]);
    expect(await post(JSON.stringify(other))).toBe(200);
    await expect.poll(() => printed).toContain("event a_future.event");
    expect(printed.match(/video video_1 is ready/g)).toHaveLength(1);
  });

  test("refuses what is no event, and goes on", async () => {
    expect(await post("{}")).toBe(400);
    expect(await post("x".repeat(1_000_001))).toBe(400);
    expect(await post(JSON.stringify(ready), url.replace(PATH, "/"))).toBe(404);
    expect((await fetch(url)).status).toBe(405);
    expect(await post(JSON.stringify({ ...other, n: 2 }))).toBe(200);
  });
});
