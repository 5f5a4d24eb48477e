// The figures that README, guides and comments repeat are those of the code.
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test, vi } from "vitest";
import { server } from "../../generated/operations.js";
import { backOff, retryDelay } from "../../src/call/retry.js";
import { IDEMPOTENT } from "../../src/call/send.js";
import { connect } from "../../src/client.js";
import type { KonProClientOptions } from "../../src/options.js";
import { quote } from "../../src/quote.js";

const clock = { now: () => 0, random: () => 1, sleep: async () => {} };
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** The longest wait after a first attempt, in seconds; undefined where there is no second one. */
function waitAfter(status: number, seconds?: number): number | undefined {
  const headers = seconds === undefined ? {} : { "retry-after": `${seconds}` };
  const delay = retryDelay({ result: { response: new Response(null, { status, headers }) } }, 1, clock);
  return delay === undefined ? undefined : delay / 1000;
}

/** How a call ends that gets no response. */
const failure = (options: KonProClientOptions): Promise<{ attempts: number; timeout: number }> =>
  connect({ apiKey: "test-key-0000", baseUrl: "https://api.example", ...options }, clock)
    .listWebhookEndpoints()
    .then(
      () => expect.fail("it has a response"),
      (error) => error,
    );

const waits = from(1, 5).map((number) => `${backOff(number, 1) / 1000} s`);
const statuses = from(400, 599).filter((status) => waitAfter(status) !== undefined);
const limit = Math.max(...from(1, 3600).filter((seconds) => waitAfter(503, seconds) !== undefined));
const percent = Math.round(((waitAfter(429, limit) ?? 0) / limit - 1) * 100);
const shortest = (waitAfter(429, 1) ?? 0) - 1;
const detected = from(1, 99).find((length) => quote("k".repeat(length), ["k".repeat(length)]) !== "k".repeat(length));
const { attempts } = await failure({ fetch: () => Promise.reject(new TypeError("fetch failed")) });

const FILES = {
  README: "README.md",
  retries: "docs/guide/retries.md",
  secrets: "docs/guide/secrets.md",
  security: "SECURITY.md",
  comments: "src/options.ts",
};

/** A file in one line, without the stars of comments. */
const textOf = (file: string) => readFileSync(file, "utf8").replace(/\s*\n[\s*]*/g, " ");

const methods = `${IDEMPOTENT.slice(0, -1).join(", ")} and ${IDEMPOTENT.at(-1)}`;
const growing = `up to ${waits.slice(0, -1).join(", ")}, then ${waits.at(-1)}`;
const jitter = `up to ${percent}% (at least up to ${shortest} s) of jitter`;
const range = statuses.join(", ").replace("520, 521, 522, 523, 524", "520 to 524");

test.each<[keyof typeof FILES, string]>([
  ...[growing, jitter, methods, range].flatMap((words): ["README" | "retries", string][] => [
    ["README", words],
    ["retries", words],
  ]),
  ["comments", methods],
  ["comments", range.replace(/, (?=\d+$)/, " or ")],
  ["README", `\`Retry-After\` over ${limit} s`],
  ["retries", `\`Retry-After\` is more than ${limit} s`],
  ["comments", `\`Retry-After\` is more than ${limit} s`],
  ["README", `| \`maxRetries\` | ${attempts - 1} |`],
  ["retries", `\`maxRetries\`, ${attempts - 1} by default`],
  ["comments", `@defaultValue ${attempts - 1} `],
  ["README", `keys under ${detected} characters`],
  ["secrets", `a key of ${detected} characters or more`],
  ["security", `Keys shorter than ${detected} characters`],
  ["README", `else \`${server}\``],
  ["comments", `else \`${server}\``],
])("%s: %s", (file, words) => {
  expect(textOf(FILES[file])).toContain(words);
});

test("README, guide and comments name the default timeout", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const call = failure({ maxRetries: 0, fetch: () => new Promise(() => {}) });
  await vi.runAllTimersAsync();
  const { timeout } = await call;
  expect(textOf(FILES.README)).toContain(`| \`timeout\` | ${timeout.toLocaleString("en")} ms |`);
  expect(textOf(FILES.retries)).toContain(`${timeout.toLocaleString("en")} ms by default`);
  expect(textOf(FILES.comments)).toContain(`@defaultValue ${timeout} `);
});
