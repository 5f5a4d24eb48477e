import { createKonProClient, type KonProClientOptions } from "konpro-client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { server } from "../../generated/operations.js";
import { readOptions } from "../../src/read-options.js";
import { anyClient, connectTo } from "../support/client.js";

const apiKey = "fake-key-0000";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** Options as a caller without types may give them. */
const untyped = (options: object): KonProClientOptions => Object.assign({ apiKey }, options);

describe("what is refused: the message names the option and what it takes, never what it got", () => {
  test.each<[object, RegExp]>([
    [{ apiKey: "" }, /^apiKey must be the key .* not blank\.$/],
    [{ apiKey: " \t\n" }, /^apiKey .* not blank\.$/],
    [{ apiKey: 7 }, /^apiKey must be text; it is another number\.$/],
    [{ apiKey: { key: "pass" } }, /^apiKey must be text; it is of type object\.$/],
    [{ apiKey: "pass\nword" }, /^apiKey .* control or non-ASCII characters\.$/],
    [{ apiKey: "pass\u0000word" }, /^apiKey .* control or non-ASCII characters\.$/],
    [{ apiKey: "pass-kéy" }, /^apiKey .* control or non-ASCII characters\.$/],
    [{ baseUrl: "" }, /^baseUrl must be an https: URL, .* no URL\.$/],
    [{ baseUrl: "fake-key-0000-pass" }, /^baseUrl .* no URL\.$/],
    [{ baseUrl: "/relative/pass" }, /^baseUrl .* no URL\.$/],
    [{ baseUrl: 7 }, /^baseUrl must be the text of a URL; it is another number\.$/],
    [{ baseUrl: "ftp://api.example/pass" }, /^baseUrl must be an https: URL, as http: is for this machine/],
    [{ baseUrl: "http://api.example/pass" }, /^baseUrl .*dangerouslyAllowHttp/],
    [{ baseUrl: "http://127.0.0.1.example" }, /^baseUrl .*dangerouslyAllowHttp/],
    [{ baseUrl: "http://localhost.example" }, /^baseUrl .*dangerouslyAllowHttp/],
    [{ baseUrl: "http://notlocalhost" }, /^baseUrl .*dangerouslyAllowHttp/],
    [{ baseUrl: "https://user:pass@api.example" }, /^baseUrl .* without user name, password, query or fragment\.$/],
    [{ baseUrl: "https://api.example?key=pass" }, /^baseUrl .* query/],
    [{ baseUrl: "https://api.example/#pass" }, /^baseUrl .* fragment/],
    [{ timeout: 0 }, /^timeout must be a number of milliseconds from 1 to 2147483647; it is another number\.$/],
    [{ timeout: -1 }, /^timeout/],
    [{ timeout: 2_147_483_648 }, /^timeout/],
    [{ timeout: Number.NaN }, /^timeout/],
    [{ timeout: Number.POSITIVE_INFINITY }, /^timeout/],
    [{ timeout: "pass" }, /^timeout .* of type string\.$/],
    [{ maxRetries: -1 }, /^maxRetries must be a whole number, 0 or more; it is another number\.$/],
    [{ maxRetries: 0.5 }, /^maxRetries/],
    [{ maxRetries: Number.NaN }, /^maxRetries/],
    [{ maxRetries: ["pass"] }, /^maxRetries .* of type array\.$/],
    [{ fetch: "pass" }, /^fetch must be a function; it is of type string\.$/],
    [{ onAttempt: "pass" }, /^onAttempt must be a function; it is of type string\.$/],
    [{ signal: "pass" }, /^signal must be an AbortSignal; it is of type string\.$/],
    [{ signal: new AbortController() }, /^signal must be an AbortSignal/],
  ])("%j", (options, message) => {
    expect(() => createKonProClient(untyped(options))).toThrow(TypeError);
    expect(() => createKonProClient(untyped(options))).toThrow(message);
    expect(() => createKonProClient(untyped(options))).not.toThrow(/pass(?!word, query)/);
  });

  test.each([null, [], "fake-key-0000", () => apiKey])("options that are no object: %j", (options) => {
    expect(() => Reflect.apply(createKonProClient, undefined, [options])).toThrow(
      /^options must be an object; it is of type (null|array|string|function)\.$/,
    );
  });

  test.each<[object | string, RegExp]>([
    [{ timeout: 0 }, /^timeout/],
    [{ maxRetries: -1 }, /^maxRetries/],
    [{ fetch: 1 }, /^fetch/],
    [{ signal: {} }, /^signal/],
    [{ parseAs: "xml" }, /^parseAs must be one of json, text, blob, arrayBuffer, stream; it is of type string\.$/],
    [{ apiKey: "fake-other-key" }, /^apiKey is an option of createKonProClient, not of a call\.$/],
    ["a text", /^the options of a call must be an object; it is of type string\.$/],
    [[], /^the options of a call must be an object/],
  ])("in one call %j fails the call, and nothing is sent", async (init, message) => {
    const fetch = vi.fn();
    const { method, GET } = connectTo(server, { apiKey, fetch });
    for (const call of [method, GET] as ((init: unknown) => Promise<unknown>)[]) {
      await expect(call(init)).rejects.toThrow(TypeError);
      await expect(call(init)).rejects.toThrow(message);
    }
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("a name that is nearly one of ours is refused, and ours is named", () => {
  test.each([
    ["baseURL", "baseUrl"],
    ["base_url", "baseUrl"],
    ["url", "baseUrl"],
    ["apikey", "apiKey"],
    ["api_key", "apiKey"],
    ["apiKeys", "apiKey"],
    ["token", "apiKey"],
    ["timeOut", "timeout"],
    ["timout", "timeout"],
    ["timeouts", "timeout"],
    ["retry", "maxRetries"],
    ["retries", "maxRetries"],
    ["maxRetry", "maxRetries"],
    ["maxRetires", "maxRetries"],
    ["Fetch", "fetch"],
    ["fetc", "fetch"],
    ["onattempt", "onAttempt"],
    ["onAttempts", "onAttempt"],
    ["dangerouslyAllowBrowsers", "dangerouslyAllowBrowser"],
  ])("%s: did you mean %s?", async (name, ours) => {
    const message = `There is no option "${name}": did you mean ${ours}?`;
    expect(() => createKonProClient(untyped({ [name]: 1 }))).toThrow(new TypeError(message));
    await expect(connectTo(server).method({ [name]: 1 })).rejects.toThrow(new TypeError(message));
  });

  test("every other name is passed on to fetch", async () => {
    const platform = {
      next: { revalidate: 60 },
      cf: {},
      dispatcher: {},
      keepalive: true,
      proxy: "p",
      tls: {},
      patch: 1,
    };
    const fetch = vi.fn(async (_request: Request, _init?: RequestInit) => Response.json({}));
    vi.stubGlobal("fetch", fetch);
    await anyClient(untyped({ ...platform, cache: "no-store" })).GET("/things", { priority: "high" });
    expect(fetch.mock.lastCall?.[1]).toMatchObject({ ...platform, cache: "no-store", priority: "high" });
  });
});

test("options come from the object itself, not from a prototype that somebody has polluted", async () => {
  const fetch = vi.fn(async () => Response.json({}));
  vi.stubGlobal("fetch", fetch);
  const polluted = Object.assign(Object.prototype, { timeout: -1, maxRetries: -1, onAttempt: 1 });
  try {
    await anyClient().GET("/things", {});
    await anyClient().GET("/things");
  } finally {
    for (const name of ["timeout", "maxRetries", "onAttempt"]) Reflect.deleteProperty(polluted, name);
  }
  expect(fetch).toHaveBeenCalledTimes(2);
});

test("no key at all: the message says where it may come from", () => {
  expect(() => createKonProClient()).toThrow(/^apiKey is missing: pass it, as a worker must .*KONPRO_API_KEY\.$/);
});

describe("in a browser, by its user agent, and in a browser's worker", () => {
  const CHROME =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

  test("construction is refused, with the two ways out", () => {
    vi.stubGlobal("navigator", { userAgent: CHROME });
    expect(() => createKonProClient({ apiKey })).toThrow(/your own backend.*dangerouslyAllowBrowser/);
    expect(() => createKonProClient({ apiKey, dangerouslyAllowBrowser: true })).not.toThrow();
  });

  test.each([
    ["jsdom", "Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/26.1.0"],
    ["HappyDOM", "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) HappyDOM/17.4.4"],
  ])("%s is named, with what to set", (name, userAgent) => {
    vi.stubGlobal("navigator", { userAgent });
    expect(() => createKonProClient({ apiKey })).toThrow(new RegExp(`This is ${name}.*node environment.*dangerously`));
  });

  test.each(["Node.js/22", "Deno/2.9.6", "Bun/1.4.5", "Cloudflare-Workers", "", undefined])(
    "%s is none",
    (userAgent) => {
      vi.stubGlobal("navigator", userAgent === undefined ? undefined : { userAgent });
      expect(() => createKonProClient({ apiKey })).not.toThrow();
    },
  );
});

test("an option that is named like a member of every object is passed on", () => {
  expect(readOptions({ apiKey, constructor: null, toString: 7 } as object)).toMatchObject({ others: { toString: 7 } });
});

describe("defaults", () => {
  test("without options: the environment's key, the contract's server", () => {
    vi.stubEnv("KONPRO_API_KEY", " from-the-environment ");
    expect(readOptions({})).toMatchObject({
      apiKey: "from-the-environment",
      keySource: "KONPRO_API_KEY",
      baseUrl: server,
      origin: server,
      urlSource: "baseUrl",
      timeout: 30_000,
      maxRetries: 2,
    });
  });

  test("an option wins over the environment", () => {
    vi.stubEnv("KONPRO_API_KEY", "from-the-environment");
    vi.stubEnv("KONPRO_BASE_URL", "https://environment.example");
    expect(readOptions({}).origin).toBe("https://environment.example");
    const { apiKey: key, baseUrl } = readOptions({ apiKey, baseUrl: "https://option.example/base/" });
    expect([key, baseUrl]).toEqual([apiKey, "https://option.example/base"]);
  });

  test("a blank value in the environment counts as unset", () => {
    vi.stubEnv("KONPRO_API_KEY", " ");
    vi.stubEnv("KONPRO_BASE_URL", " ");
    expect(() => readOptions({})).toThrow(/^apiKey is missing/);
    expect(readOptions({ apiKey }).origin).toBe(server);
  });

  test("a wrong value in the environment is refused by the variable's name", () => {
    vi.stubEnv("KONPRO_BASE_URL", "nowhere");
    expect(() => createKonProClient({ apiKey })).toThrow(/^KONPRO_BASE_URL must be an https: URL/);
    vi.stubEnv("KONPRO_API_KEY", "kéy");
    expect(() => createKonProClient({ baseUrl: server })).toThrow(/^KONPRO_API_KEY must be the key/);
  });

  test("an environment that may not be read counts as unset", () => {
    vi.stubGlobal("process", {
      get env() {
        throw new Error("Requires env access");
      },
    });
    expect(() => createKonProClient()).toThrow(/^apiKey is missing/);
    expect(readOptions({ apiKey }).origin).toBe(server);
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
