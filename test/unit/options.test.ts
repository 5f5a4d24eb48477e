import { createKonProClient, type KonProClientOptions } from "konpro-client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { keyHeader, server } from "../../generated/operations.js";
import { readCallOptions, readOptions } from "../../src/options.js";
import { anyClient, connectTo, failureOf } from "../support/client.js";

const apiKey = "fake-key-0000";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

/** Puts these onto every object while something runs. */
async function polluting(members: object, run: () => unknown) {
  Object.assign(Object.prototype, members);
  try {
    await run();
  } finally {
    for (const name of Object.keys(members)) Reflect.deleteProperty(Object.prototype, name);
  }
}

/** Options as a caller without types may give them. */
const untyped = (options: object): KonProClientOptions => Object.assign({ apiKey }, options);

describe("what is refused: the message names the option; a number is shown, and nothing else", () => {
  const NUMBERS = {
    timeout: [0, -1, 0.5, 2_147_483_648, Number.NaN, Number.POSITIVE_INFINITY],
    maxRetries: [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300],
    apiKey: [7],
    baseUrl: [7],
  };
  test.each(Object.entries(NUMBERS))("%s", async (name, values) => {
    for (const value of values) {
      const message = new RegExp(`^${name} must be .*${String(value).replace("+", "\\+")}\\.$`);
      expect(() => createKonProClient(untyped({ [name]: value }))).toThrow(message);
    }
  });

  test.each<[string, unknown[]]>([
    ["apiKey", ["", " \t\n", { key: "pass" }, ["pass"], "pass\nword", "pass\u0000word", "pass-kéy", null]],
    ["apiKey", ['"pass"', "'pass'", "`pass`", "Bearer pass", "bearer pass", "undefined", "null", " undefined "]],
    ["baseUrl", ["", "fake-key-0000-pass", "/relative/pass", "//pass", "ftp://api.example/pass", "https://", null]],
    [
      "baseUrl",
      ["http://api.example/pass", "http://127.0.0.1.example", "http://localhost.example", "http://notlocalhost"],
    ],
    [
      "baseUrl",
      ["https://user:pass@api.example", "https://api.example?key=pass", "pass:word", "https://api.example/#pass"],
    ],
    ["timeout", ["pass", null, true]],
    ["maxRetries", [["pass"], "pass", true]],
    ["fetch", ["pass", {}]],
    ["onAttempt", ["pass", {}]],
    ["signal", ["pass", new AbortController(), {}]],
    ["dangerouslyAllowBrowser", ["pass", 1, null, "false"]],
    ["dangerouslyAllowHttp", ["pass", 0, "false"]],
  ])("%s: %j", (name, values) => {
    for (const value of values) {
      const create = () => createKonProClient(untyped({ [name]: value }));
      expect(create, String(value)).toThrow(TypeError);
      expect(create, String(value)).toThrow(new RegExp(`^${name} `));
      expect(create, String(value)).not.toThrow(/pass(?!word, query)/);
    }
  });

  test.each([null, "fake-key-0000", ["fake-key-0000"], () => apiKey])(
    "options that are not an object: %j",
    (options) => {
      const create = () => Reflect.apply(createKonProClient, undefined, [options]);
      expect(create).toThrow(/\{ apiKey \}|^apiKey is missing/);
      expect(create).toThrow(TypeError);
      expect(create).not.toThrow(/fake-key/);
    },
  );

  test.each<[object | string, RegExp]>([
    [{ timeout: 0 }, /^timeout .*\b0\.$/],
    [{ maxRetries: -1 }, /^maxRetries .*-1\.$/],
    [{ fetch: 1 }, /^fetch/],
    [{ signal: {} }, /^signal/],
    [{ apiKey: "fake-other-key" }, /^apiKey .*createKonProClient/],
    ["a text", /an object/],
  ])("in one call %j fails the call, and nothing is sent", async (init, message) => {
    const fetch = vi.fn();
    const { method, GET } = connectTo(server, { apiKey, fetch });
    for (const call of [method, GET] as ((init: unknown) => Promise<unknown>)[]) {
      const error = await failureOf(call(init));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain("fake-other-key");
    }
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("what other clients call an option is refused, and ours is named", () => {
  const OF_CALLS = {
    timeout: ["timeOut", "timeout_ms", "timeoutMs"],
    maxRetries: ["retry", "retries", "max_retries", "numRetries", "maxNetworkRetries"],
    onAttempt: ["onRetry", "onattempt"],
    fetch: ["Fetch"],
  };
  const OF_CLIENTS = {
    apiKey: ["apikey", "api_key", "key", "token", "accessToken", "auth"],
    baseUrl: ["baseURL", "base_url", "url", "host", "endpoint", "prefixUrl"],
    dangerouslyAllowBrowser: ["dangerously_allow_browser"],
  };
  const namesOf = (table: Record<string, string[]>) =>
    Object.entries(table).flatMap(([ours, names]) => names.map((name) => [name, ours] as const));

  test.each(namesOf({ ...OF_CALLS, ...OF_CLIENTS }))("%s: %s", (name, ours) => {
    const create = () => createKonProClient(untyped({ [name]: 1 }));
    expect(create).toThrow(TypeError);
    expect(create).toThrow(new RegExp(`"${name}".* ${ours}\\b`));
  });

  test("in a call, only the options of a call: what belongs in a body is not taken for an option of the client", async () => {
    for (const [name, ours] of namesOf(OF_CALLS)) {
      expect(() => readCallOptions(Object(untyped({ apiKey: undefined, [name]: 1 })))).toThrow(`mean ${ours}`);
    }
    const { konpro } = connectTo(server);
    for (const member of ["url", "host", "key", "name", "endpoint"]) {
      const error = await failureOf(Reflect.get(konpro, "createThing")({ [member]: "x" }));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(/^createThing needs body\b/);
    }
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
    const fetch = vi.fn(async (_url: string, _init?: RequestInit) => Response.json({}));
    vi.stubGlobal("fetch", fetch);
    await anyClient(untyped({ ...platform, cache: "no-store" })).GET("/things", { priority: "high" });
    expect(fetch.mock.lastCall?.[1]).toMatchObject({ ...platform, cache: "no-store", priority: "high" });
  });
});

describe("an option that is inherited is refused: a copy would lose it, and the call would go elsewhere with another key", () => {
  class Config {
    readonly #url = "https://staging.example";
    get baseUrl() {
      return this.#url;
    }
  }
  class CallConfig {
    get timeout() {
      return 5;
    }
  }

  test.each<[string, object]>([
    ["baseUrl", new Config()],
    ["baseUrl", Object.create({ baseUrl: "https://staging.example" })],
    ["apiKey", Object.create({ apiKey })],
    ["dangerouslyAllowHttp", Object.create({ dangerouslyAllowHttp: true })],
  ])("%s of %o", (name, options) => {
    vi.stubEnv("KONPRO_API_KEY", apiKey);
    expect(() => createKonProClient(options)).toThrow(new RegExp(`^${name} .*inherited`));
  });

  test("in a call too", async () => {
    const { method } = connectTo(server);
    for (const init of [new CallConfig(), Object.create({ timeout: 5 })]) {
      expect((await failureOf(method(init))).message).toMatch(/^timeout .*inherited/);
    }
  });

  test("but what somebody has put onto every object is passed over", async () => {
    const fetch = vi.fn(async () => Response.json({}));
    vi.stubGlobal("fetch", fetch);
    await polluting({ timeout: -1, maxRetries: -1, onAttempt: 1, dangerouslyAllowHttp: 1 }, async () => {
      await anyClient().GET("/things", {});
      await anyClient().GET("/things");
    });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test("an address and a key that somebody has put onto every object are passed over, too", async () => {
    const fetch = vi.fn(async (_url: string) => Response.json({}));
    vi.stubGlobal("fetch", fetch);
    vi.stubEnv("KONPRO_API_KEY", apiKey);
    await polluting({ baseUrl: "https://elsewhere.example", apiKey: "another-key" }, async () => {
      expect(readOptions({}).apiKey).toBe(apiKey);
      // openapi-fetch reads the address from there, so the call fails: what counts is that nothing goes there.
      await failureOf(Reflect.get(createKonProClient(), "listThings")());
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  test("an option without a value is one that is not set, even where it is named like a member of every object", () => {
    const { init } = readOptions(untyped({ timeout: undefined, constructor: undefined, toString: 7 }));
    expect(init).toEqual({ toString: 7 });
  });
});

describe("the key's header is refused, whatever its value: apiKey is the way", () => {
  const names = [keyHeader, keyHeader.toUpperCase()];
  const values = ["fake-other-key", "", null, undefined];
  const headers = names.flatMap((name) => values.map((value) => ({ [name]: value })));
  const cases = [...headers, new Headers({ [keyHeader]: "fake-other-key" })];

  test.each(cases)("%j", async (headers) => {
    const fetch = vi.fn();
    const refusal = new RegExp(`${keyHeader}.*apiKey`);
    expect(() => createKonProClient(untyped({ headers }))).toThrow(refusal);
    const { method, GET } = connectTo(server, { fetch });
    for (const call of [method, GET]) {
      const error = await failureOf(call({ headers }));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(refusal);
      expect(error.message).not.toContain("fake-other");
      if (!(headers instanceof Headers))
        expect((await failureOf(call({ params: { header: headers } }))).message).toMatch(refusal);
    }
    expect(fetch).not.toHaveBeenCalled();
  });

  test("also where a middleware sets it", async () => {
    const fetch = vi.fn();
    const { method } = connectTo(server, { fetch });
    for (const value of ["fake-other-key", ""]) {
      const onRequest = ({ request }: { request: Request }) => request.headers.set(keyHeader, value);
      const error = await failureOf(method({ middleware: [{ onRequest }] }));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(keyHeader);
    }
    expect(fetch).not.toHaveBeenCalled();
  });
});

test("no key at all: the message says where it may come from", () => {
  expect(() => createKonProClient()).toThrow(/^apiKey is missing.*KONPRO_API_KEY/);
});

describe("in a browser, by its user agent, and in what simulates one", () => {
  test.each([
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/26.1.0",
  ])("construction is refused, with the two ways out: %s", (userAgent) => {
    vi.stubGlobal("navigator", { userAgent });
    expect(() => createKonProClient({ apiKey })).toThrow(/backend.*dangerouslyAllowBrowser/);
    expect(() => createKonProClient({ apiKey, dangerouslyAllowBrowser: true })).not.toThrow();
  });

  test.each(["Node.js/22", "Deno/2.9.6", "Bun/1.4.5", "Cloudflare-Workers", "", undefined])(
    "%s is not a browser",
    (userAgent) => {
      vi.stubGlobal("navigator", userAgent === undefined ? undefined : { userAgent });
      expect(() => createKonProClient({ apiKey })).not.toThrow();
    },
  );
});

describe("defaults", () => {
  test("without options: the environment's key, the contract's server", () => {
    vi.stubEnv("KONPRO_API_KEY", " from-the-environment ");
    expect(readOptions({})).toEqual({ apiKey: "from-the-environment", baseUrl: server, origin: server, init: {} });
  });

  test("an option wins over the environment", () => {
    vi.stubEnv("KONPRO_API_KEY", "from-the-environment");
    vi.stubEnv("KONPRO_BASE_URL", "https://environment.example");
    expect(readOptions({}).origin).toBe("https://environment.example");
    const { apiKey: key, baseUrl } = readOptions({ apiKey, baseUrl: "https://option.example/base/" });
    expect([key, baseUrl]).toEqual([apiKey, "https://option.example/base"]);
  });

  test("a blank value in the environment counts as unset, as does one that may not be read", () => {
    vi.stubEnv("KONPRO_API_KEY", " ");
    vi.stubEnv("KONPRO_BASE_URL", " ");
    expect(() => readOptions({})).toThrow(/^apiKey is missing/);
    expect(readOptions({ apiKey }).origin).toBe(server);
    const env = () => {
      throw new Error("Requires env access");
    };
    vi.stubGlobal("process", Object.defineProperty({}, "env", { get: env }));
    expect(() => createKonProClient()).toThrow(/^apiKey is missing/);
    expect(readOptions({ apiKey }).origin).toBe(server);
  });

  test("a wrong value in the environment is refused, and the variable named", () => {
    for (const url of ["nowhere", "fake-key-0000:more", "http://key-0000", "key-0000@host"]) {
      vi.stubEnv("KONPRO_BASE_URL", url);
      expect(() => createKonProClient({ apiKey })).toThrow(/^baseUrl \(or KONPRO_BASE_URL\) (?!.*(nowhere|key-0000))/);
    }
    for (const key of ["kéy", '"fake-key-0000"', "undefined"]) {
      vi.stubEnv("KONPRO_API_KEY", key);
      expect(() => createKonProClient({ baseUrl: server })).toThrow(/^apiKey \(or KONPRO_API_KEY\) (?!.*key-0000)/);
    }
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

test.each<KonProClientOptions>([
  { baseUrl: "http://mock:4010", dangerouslyAllowHttp: true },
  { timeout: 1 },
  { timeout: 2_147_483_647 },
])("%o is fine", (options) => void createKonProClient({ apiKey, ...options }));

test("100,000 slashes at the end, or within, take no time", () => {
  const slashes = "/".repeat(100_000);
  const started = performance.now();
  expect(readOptions({ apiKey, baseUrl: `${server}${slashes}` }).baseUrl).toBe(server);
  expect(readOptions({ apiKey, baseUrl: `${server}${slashes}a` }).baseUrl).toBe(`${server}${slashes}a`);
  expect(performance.now() - started).toBeLessThan(20_000); // what grows with the square takes longer
});
