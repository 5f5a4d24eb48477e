// Tests the package in any runtime. Plain JavaScript that receives the package and the servers' URLs, so that it runs everywhere.

/**
 * @param {typeof import("konpro-client") & typeof import("konpro-client/testing") & typeof import("konpro-client/validation")} konpro
 *   - all exports of the package, however it was loaded
 * @param {{ mock: string, faults: string, thief: string, key: string, secret: string, expected: unknown }} config
 * @returns {Promise<Record<string, string>>} for each check "ok" or the problem
 */
export async function conformance(konpro, { mock, faults, thief, key, secret, expected }) {
  const { createKonProClient, listensTo, createMockApi, validateResponses } = konpro;
  const { KonProApiError, KonProConnectionError, KonProResponseError, KonProTimeoutError } = konpro;
  const browser = typeof document === "object";
  const errors = [];

  const client = (baseUrl, options) =>
    createKonProClient({ apiKey: key, baseUrl, maxRetries: 0, dangerouslyAllowBrowser: browser, ...options });

  /** The error of a call, kept to be searched for secrets. */
  async function failure(call, type, fields) {
    const error = await call.then(
      () => fail("the call succeeded"),
      (reason) => reason,
    );
    errors.push(error);
    if (!(error instanceof type)) fail(`expected ${type.name}, got ${error}`);
    for (const [name, value] of Object.entries(fields)) equal(error[name], value, name);
    return error;
  }

  const checks = {
    async construction() {
      const error = attempt(() => createKonProClient({ apiKey: key, baseUrl: mock }));
      if (browser) equal(error instanceof TypeError && /dangerouslyAllowBrowser/.test(error.message), true, "rejected");
      else equal(error, undefined, "error");
      const keyless = attempt(() => client(mock, { apiKey: undefined }));
      equal(keyless instanceof TypeError && /KONPRO_API_KEY/.test(keyless.message), true, "rejected without a key");
    },
    async list() {
      const list = await client(mock).listWebhookEndpoints();
      equal(list, expected, "list");
      const all = expected.data.map(({ events }) => !events?.length);
      equal(
        list.data.map((endpoint) => listensTo(endpoint, "some.event")),
        all,
        "listensTo",
      );
    },
    async "API error"() {
      const unauthorized = { headers: { Prefer: "code=401" } };
      const fields = { name: "KonProApiError", status: 401 };
      const { code } = await failure(client(mock).listWebhookEndpoints(unauthorized), KonProApiError, fields);
      equal(typeof code, "string", "code");
    },
    async timeout() {
      const stalled = client(`${faults}/stall`, { timeout: 200, maxRetries: 1 }).listWebhookEndpoints();
      await failure(stalled, KonProTimeoutError, { name: "KonProTimeoutError", timeout: 200, attempts: 2 });
    },
    async abort() {
      const controller = new AbortController();
      const reason = new Error("changed my mind");
      const options = {
        maxRetries: 2,
        fetch: (request, init) => {
          const response = fetch(request, init);
          controller.abort(reason);
          return response;
        },
      };
      const call = client(`${faults}/stall`, options).listWebhookEndpoints({ signal: controller.signal });
      equal((await failure(call, Error, {})) === reason, true, "rejected with the signal's reason");
    },
    async redirect() {
      await failure(client(`${faults}/redirect`).listWebhookEndpoints(), KonProConnectionError, { attempts: 1 });
      equal(await (await fetch(thief)).json(), { visitors: 0 }, "seen by the thief");
    },
    async retry() {
      let attempts = 0;
      const flaky = client(`${faults}/reset`, { maxRetries: 1 });
      // The server resets the first attempt, even if the platform repeats it automatically, as Chromium does.
      flaky.use({ onRequest: ({ request }) => request.headers.set("attempt", String(++attempts)) });
      equal(await flaky.listWebhookEndpoints(), expected, "list");
      equal(attempts, 2, "attempts");
    },
    async testing() {
      const api = createMockApi();
      equal(await client("https://api.example", { fetch: api.fetch }).listWebhookEndpoints(), expected, "list");
      equal(api.requests.length, 1, "requests");
    },
    async validation() {
      const api = createMockApi();
      const strict = client("https://api.example", { fetch: api.fetch });
      strict.use(validateResponses());
      equal(await strict.listWebhookEndpoints(), expected, "list");
      api.reply("listWebhookEndpoints", { body: { data: [{ ...expected.data[0], url: 1, secret }] } });
      await failure(strict.listWebhookEndpoints(), KonProResponseError, { status: 200 });
    },
    async secrets() {
      await failure(client(`${faults}/echo`).listWebhookEndpoints(), KonProApiError, { status: 400 });
      await failure(client(`${faults}/reset`).listWebhookEndpoints(), KonProConnectionError, {});
      for (const error of errors) {
        console.error(error); // the test that runs this program searches its output for secrets
        const shown = [];
        for (let part = error; part; part = part.cause) shown.push(String(part), part.stack, JSON.stringify(part));
        if (shown.some((text) => text.includes(key) || text.includes(secret))) fail(`${error.name} shows a secret`);
      }
      equal(JSON.stringify(client(mock)).includes(key), false, "key in the client");
      console.error(client(mock));
    },
  };

  const results = {};
  for (const [name, check] of Object.entries(checks)) {
    results[name] = await check().then(
      () => "ok",
      ({ message }) => message,
    );
  }
  return results;
}

function attempt(action) {
  try {
    action();
  } catch (error) {
    return error;
  }
}

function equal(actual, expected, what) {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) fail(`${what} is ${got}, not ${wanted}`);
}

function fail(message) {
  throw new Error(message);
}
