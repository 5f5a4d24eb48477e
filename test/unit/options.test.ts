import { createKonProClient, type KonProClientOptions } from "konpro-client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { server } from "../../generated/operations.js";
import { readOptions } from "../../src/options.js";

const apiKey = "fake-key-0000";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** Options as a caller without types may give them. */
const untyped = (options: object): KonProClientOptions => JSON.parse(JSON.stringify({ apiKey, ...options }));

describe("what is refused, by name, with what came and what is wanted", () => {
  test.each<[object, RegExp]>([
    [{ apiKey: "" }, /^apiKey must be the key .* not blank\.$/],
    [{ apiKey: " \t\n" }, /^apiKey .* not blank\.$/],
    [{ apiKey: 7 }, /^apiKey must be text, not number\.$/],
    [{ apiKey: {} }, /^apiKey must be text, not object\.$/],
    [{ apiKey: "fake\nkey" }, /^apiKey .* control or non-ASCII characters\.$/],
    [{ apiKey: "fake\u0000key" }, /^apiKey .* control or non-ASCII characters\.$/],
    [{ apiKey: "fake-kéy" }, /^apiKey .* control or non-ASCII characters\.$/],
    [{ baseUrl: "" }, /^baseUrl must be an https: URL .*, not \.$/],
    [{ baseUrl: "api.example" }, /^baseUrl .* not api\.example\.$/],
    [{ baseUrl: "/relative" }, /^baseUrl .* not \/relative\.$/],
    [{ baseUrl: 7 }, /^baseUrl .* not 7\.$/],
    [{ baseUrl: "ftp://api.example" }, /^baseUrl .* not ftp:/],
    [{ baseUrl: "http://api.example" }, /^baseUrl .* dangerouslyAllowHttp.* not http:\/\/api\.example\.$/],
    [{ baseUrl: "http://127.0.0.1.example" }, /^baseUrl/],
    [{ baseUrl: "http://localhost.example" }, /^baseUrl/],
    [{ baseUrl: "http://notlocalhost" }, /^baseUrl/],
    [{ baseUrl: "https://user:pass@api.example" }, /^baseUrl .* not https:\/\/…@api\.example\.$/],
    [{ baseUrl: "https://api.example?key=pass" }, /^baseUrl .* not https:\/\/api\.example\?…\.$/],
    [{ baseUrl: "https://api.example/#pass" }, /^baseUrl .* not https:\/\/api\.example\/\?…\.$/],
    [{ timeout: 0 }, /^timeout must be 1 to 2147483647 ms, not 0\.$/],
    [{ timeout: -1 }, /^timeout .* not -1\.$/],
    [{ timeout: 2_147_483_648 }, /^timeout .* not 2147483648\.$/],
    [{ timeout: "1000" }, /^timeout/],
    [{ maxRetries: -1 }, /^maxRetries must be a whole number, 0 or more, not -1\.$/],
    [{ maxRetries: 0.5 }, /^maxRetries .* not 0\.5\.$/],
    [{ maxRetries: "2" }, /^maxRetries/],
    [{ fetch: "fetch" }, /^fetch must be a function, not fetch\.$/],
  ])("%j", (options, message) => {
    expect(() => createKonProClient(untyped(options))).toThrow(TypeError);
    expect(() => createKonProClient(untyped(options))).toThrow(message);
    expect(() => createKonProClient(untyped(options))).not.toThrow(/pass/);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("%s as a number", (value) => {
    expect(() => createKonProClient({ apiKey, timeout: value })).toThrow(/^timeout/);
    expect(() => createKonProClient({ apiKey, maxRetries: value })).toThrow(/^maxRetries/);
  });

  test("in one call as well: the call fails and nothing is sent", async () => {
    const fetch = vi.fn();
    const konpro = createKonProClient({ apiKey, fetch });
    await expect(konpro.listWebhookEndpoints({ timeout: 0 })).rejects.toThrow(/^timeout/);
    await expect(konpro.GET("/v1/webhook/endpoint.list", { maxRetries: -1 })).rejects.toThrow(/^maxRetries/);
    expect(fetch).not.toHaveBeenCalled();
  });
});

test("no key at all: the message names the variable that would serve", () => {
  expect(() => createKonProClient()).toThrow(new TypeError("apiKey is missing: pass it, or set KONPRO_API_KEY."));
});

describe("in a browser", () => {
  test("construction is refused, with the two ways out", () => {
    vi.stubGlobal("window", {});
    vi.stubGlobal("document", {});
    expect(() => createKonProClient({ apiKey })).toThrow(/your own backend.*dangerouslyAllowBrowser/);
    expect(() => createKonProClient({ apiKey, dangerouslyAllowBrowser: true })).not.toThrow();
  });

  test.each(["window", "document"])("%s alone does not make one", (name) => {
    vi.stubGlobal(name, {});
    expect(() => createKonProClient({ apiKey })).not.toThrow();
  });
});

describe("defaults", () => {
  test("without options: the environment's key, the contract's server", () => {
    vi.stubEnv("KONPRO_API_KEY", " from-the-environment ");
    expect(readOptions({})).toEqual({
      apiKey: "from-the-environment",
      url: new URL(server),
      timeout: 30_000,
      maxRetries: 2,
      fetch: undefined,
    });
  });

  test("an option wins over the environment", () => {
    vi.stubEnv("KONPRO_API_KEY", "from-the-environment");
    vi.stubEnv("KONPRO_BASE_URL", "https://environment.example");
    expect(readOptions({}).url.origin).toBe("https://environment.example");
    const { apiKey: key, url } = readOptions({ apiKey, baseUrl: "https://option.example/base/" });
    expect([key, url.href]).toEqual([apiKey, "https://option.example/base/"]);
  });

  test("a blank value in the environment counts as unset", () => {
    vi.stubEnv("KONPRO_API_KEY", " ");
    vi.stubEnv("KONPRO_BASE_URL", " ");
    expect(() => readOptions({})).toThrow(/^apiKey is missing/);
    expect(readOptions({ apiKey }).url.origin).toBe(server);
  });

  test("a wrong value in the environment is refused like an option", () => {
    vi.stubEnv("KONPRO_BASE_URL", "nowhere");
    expect(() => createKonProClient({ apiKey })).toThrow(/^baseUrl/);
  });

  test("an environment that may not be read counts as unset", () => {
    vi.stubGlobal("process", {
      get env() {
        throw new Error("Requires env access");
      },
    });
    expect(() => createKonProClient()).toThrow(/^apiKey is missing/);
    expect(readOptions({ apiKey }).url.origin).toBe(server);
  });
});

test.each([
  "https://api.example",
  "http://localhost:4010",
  "http://127.0.0.1",
  "http://127.8.9.10:80",
  "http://127.80.90.10:80",
  "http://127.1",
  "http://[::1]:4010",
])("%s is fine", (baseUrl) => {
  expect(() => createKonProClient({ apiKey, baseUrl })).not.toThrow();
});

test("dangerouslyAllowHttp lets a mock on another host be asked", () => {
  expect(() => createKonProClient({ apiKey, baseUrl: "http://mock:4010", dangerouslyAllowHttp: true })).not.toThrow();
});

test.each([1, 2_147_483_647])("a timeout of %i ms is fine", (timeout) => {
  expect(readOptions({ apiKey, timeout }).timeout).toBe(timeout);
});
