import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
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
import { SOURCE_ALIAS } from "../support/source-alias.js";

const ready = { event_type: "avatar_video.success", event_data: { video_id: "video_1", later: 1 } };
const other = { event_type: "a_future.event", event_data: { anything: [1] }, id: "extra" };

describe("parseUnauthenticatedEvent", () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  const forms: Record<string, (text: string) => unknown> = {
    text: (text) => text,
    "parsed JSON": (text) => JSON.parse(text),
    Buffer: (text) => Buffer.from(text),
    ArrayBuffer: (text) => encode(text).buffer,
    SharedArrayBuffer: (text) => {
      const bytes = new Uint8Array(new SharedArrayBuffer(encode(text).length));
      bytes.set(encode(text));
      return bytes.buffer;
    },
    DataView: (text) => new DataView(encode(` ${text}`).buffer, 1),
    "text with a BOM": (text) => `\uFEFF${text}`,
    "bytes with a BOM": (text) => encode(`\uFEFF${text}`),
    "an ArrayBuffer of another realm": (text) =>
      runInNewContext("Uint8Array.from(bytes).buffer", { bytes: encode(text) }),
    "a view of another realm": (text) => runInNewContext("Uint8Array.from(bytes)", { bytes: encode(text) }),
    "JSON parsed in another realm": (text) => runInNewContext("JSON.parse(text)", { text }),
  };
  test.each(Object.entries(forms))("takes %s", (_, form) => {
    for (const event of [ready, other, { ...ready, event_data: {} }]) {
      expect(parseUnauthenticatedEvent(form(JSON.stringify(event)))).toEqual(event);
    }
  });

  test.each<[string, unknown]>([
    ["Undefined", undefined],
    ["Promise", Promise.resolve("{}")],
    ["Request", new Request("https://receiver.example", { method: "POST", body: "{}" })],
    ["Blob", new Blob(["{}"])],
    ["a stream", Readable.from(["{}"])],
  ])("says that the body is not read: %s", (kind, body) => {
    expect(() => parseUnauthenticatedEvent(body)).toThrow(KonProError);
    expect(() => parseUnauthenticatedEvent(body)).toThrow(`not text, bytes or parsed JSON, but ${kind}`);
  });

  test("takes every example of the contract", async () => {
    const { document } = await readContract("openapi.yaml");
    const { examples } = Object(document).webhooks.webhookEvent.post.requestBody.content["application/json"];
    const values = Object.values<{ value: unknown }>(examples).map(({ value }) => value);
    expect(values.map(parseUnauthenticatedEvent)).toEqual(values);
  });

  const MARK = "fake-marker";
  test.each<[unknown, RegExp]>([
    [{}, /\/event_type is missing/],
    [{ event_type: MARK }, /\/event_data is missing/],
    [{ event_type: 7, event_data: {} }, /\/event_type must be string/],
    [{ ...ready, event_data: { video_id: [MARK] } }, /\/event_data\/video_id must be string/],
    [{ event_type: "x", event_data: MARK }, /\/event_data must be object/],
    [[], /it must be object/],
    [null, /it must be object/],
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
      env: { ...process.env, ...SOURCE_ALIAS, PORT: "0", WEBHOOK_PATH: PATH },
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

  test("responds to the check before a URL is registered", async () => {
    expect((await fetch(url, { method: "OPTIONS" })).status).toBe(200);
  });

  test("acknowledges an event with 200, and handles it once when it comes twice", async () => {
    expect([await post(JSON.stringify(ready)), await post(JSON.stringify(ready))]).toEqual([200, 200]);
    expect(await post(JSON.stringify(other))).toBe(200);
    await expect.poll(() => printed).toContain("event a_future.event");
    expect(printed.match(/video video_1 is ready/g)).toHaveLength(1);
  });

  test("prints what strangers send on one short line, with control characters escaped", async () => {
    const event_type = "a\n\u001b[2Jb\u009b\u202e\u2028\ud800";
    expect(await post(JSON.stringify({ event_type, event_data: {} }))).toBe(200);
    await expect.poll(() => printed).toContain("event a\\u{a}\\u{1b}[2Jb\\u{9b}\\u{202e}\\u{2028}\\u{d800}\n");
    const video_id = "x".repeat(1000);
    expect(await post(JSON.stringify({ event_type: "avatar_video.success", event_data: { video_id } }))).toBe(200);
    await expect.poll(() => printed).toContain(`video ${"x".repeat(100)} is ready`);
  });

  test("remembers a bounded number of events", { timeout: 60_000 }, async () => {
    const event = (n: number) => JSON.stringify({ event_type: "counted", event_data: { n } });
    const count = () => printed.match(/event counted\n/g)?.length;
    for (let n = 0; n <= 1000; n += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, index) => post(event(n + index))));
    }
    await expect.poll(count).toBe(1100);
    await post(event(1099)); // still known
    await post(event(0)); // forgotten long ago
    await expect.poll(count).toBe(1101);
  });

  test("refuses what is not an event, and goes on", async () => {
    expect(await post("{}")).toBe(400);
    expect(await post("x".repeat(1_000_001))).toBe(400);
    expect(await post(JSON.stringify(ready), url.replace(PATH, "/"))).toBe(404);
    expect((await fetch(url)).status).toBe(405);
    expect(await post(JSON.stringify({ ...other, n: 2 }))).toBe(200);
  });
});
