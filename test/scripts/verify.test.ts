import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { examples } from "../../generated/examples.js";
import { type Contract, readContract } from "../../scripts/contract/read.js";
import { main, verify } from "../../scripts/verify.js";
import { listen } from "../support/listen.js";
import { HEAD } from "./generator.js";
import { runMain } from "./run-main.js";

const KEY = "test-key-0000";
const contract = await readContract("openapi.yaml");
const [called] = contract.operations.filter(({ id }) => id === "listWebhookEndpoints");
const skipped = contract.operations.filter((operation) => operation !== called);
const body = examples.listWebhookEndpoints[200]?.examples.sample;
const [first] = Object(body).data;
const without = (name: string) => Object.fromEntries(Object.entries(first).filter(([key]) => key !== name));
const error = (name: string) => examples.listWebhookEndpoints[name]?.examples;

const closers: (() => void)[] = [];
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterEach(() => {
  vi.restoreAllMocks();
  for (const close of closers.splice(0)) close();
});

/** A local server that imitates the API. */
async function fakeApi(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return listen(server);
}

const responding =
  (content: unknown, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.sendDate = false;
    response.writeHead(status, { "content-type": "application/json", connection: "close", ...headers });
    response.end(typeof content === "string" ? content : JSON.stringify(content));
  };

async function verified(listener: RequestListener, { timeout = 20_000 } = {}, of: Contract = contract) {
  const baseUrl = await fakeApi(listener);
  return verify(of, { key: KEY, keyHeader: of.keyHeader, baseUrl, timeout });
}

test("a conforming fake API", async () => {
  const seen: unknown[] = [];
  const report = await verified((request, response) => {
    seen.push(request.method, request.url, request.headers[contract.keyHeader]);
    responding(body)(request, response);
  });
  expect(report).toEqual({
    verdict: "conforms",
    findings: [
      {
        operation: called,
        verdict: "conforms",
        status: 200,
        latency: expect.any(Number),
        violations: [],
        undocumented: { members: [], headers: [] },
      },
    ],
    skipped,
  });
  expect(seen).toEqual(["GET", "/v1/webhook/endpoint.list", KEY]);
});

test("an envelope with extra members conforms, and the extra members are listed", async () => {
  const data = [
    { ...first, space_id: "hidden", "a/b": { c: 1 } },
    { ...first, space_id: "hidden", events: null },
  ];
  const listener = responding({ code: 100, message: "hidden", data }, 200, { "x-request-id": "hidden" });
  const report = await verified(listener);
  expect(report.verdict).toBe("conforms");
  const members = ["/code", "/message", "/data/*/space_id", "/data/*/a~1b"];
  expect(report.findings[0]?.undocumented.members).toEqual(members);
  expect(report.findings[0]?.undocumented.headers).toEqual(["x-request-id"]);
  expect(JSON.stringify(report)).not.toContain("hidden");
});

const cutShort: RequestListener = (request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
  response.write('{"data":', () => request.socket.destroy());
};

const HTML = { "content-type": "text/html" };
const NO_DATE = '/data/0/created_at must match format "date-time"';
const NO_JSON = " must have the content type application/json";

test.each<[string, RequestListener, number, string[]]>([
  ["a wrong type", responding({ data: [{ ...first, username: 7 }] }), 200, ["/data/0/username must be string"]],
  ["a missing member", responding({ data: [first, without("url")] }), 200, ["/data/1/url is missing"]],
  ["a wrong date", responding({ data: [{ ...first, created_at: "1.2.2024" }] }), 200, [NO_DATE]],
  ["an undocumented status", responding({ data: [] }, 202), 202, [" has status 202, which is not in the contract"]],
  ["HTML", responding("<p>hidden</p>", 200, HTML), 200, [" must be JSON", NO_JSON]],
  ["JSON with another content type", responding(body, 200, HTML), 200, [NO_JSON]],
  ["nothing", responding("", 200), 200, [" must be JSON"]],
  ["an error in another form", responding({ error: "hidden" }, 500), 500, ["/request_id is missing"]],
  ["an error page", responding("hidden", 502, HTML), 502, [" must be JSON", NO_JSON]],
])("%s is a violation", async (_, listener, status, violations) => {
  const report = await verified(listener);
  expect(report.verdict).toBe("violates");
  expect(report.findings).toMatchObject([{ verdict: "violates", status }]);
  expect(report.findings[0]?.violations.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual(violations);
  expect(JSON.stringify(report)).not.toMatch(/hidden|1\.2\.2024|whsec/);
});

test.each<[string, RequestListener, number | null, string]>([
  ["a rejected key", responding(error("401")?.invalidKey, 401), 401, "the key is not accepted"],
  ["a missing permission", responding(error("403")?.insufficientPermissions, 403), 403, "the key may not do this"],
  ["a rate limit", responding(error("429")?.rateLimited, 429), 429, "the rate limit is exceeded"],
  ["an outage", responding(error("503")?.unavailable, 503), 503, "an error response that matches the contract"],
  [
    "a redirect",
    responding("", 302, { location: "https://elsewhere.example/hidden" }),
    null,
    "redirects to https://elsewhere.example (302), and the key must not be sent there",
  ],
  ["a hang-up", (request) => request.socket.destroy(), null, "cannot be reached: other side closed"],
  ["silence", () => {}, null, "within 100 ms"],
  ["a body cut short", cutShort, null, "was cut off"],
  ["half a response", (_, response) => response.writeHead(200).write('{"data":'), null, "within 100 ms"],
])("%s is inconclusive", async (name, listener, status, reason) => {
  let calls = 0;
  const counting: RequestListener = (request, response) => {
    calls++;
    listener(request, response);
  };
  const report = await verified(counting, /silence|half/.test(name) ? { timeout: 100 } : {});
  expect(report.verdict).toBe("inconclusive");
  expect(report.findings).toMatchObject([{ verdict: "inconclusive", status, reason: expect.stringContaining(reason) }]);
  expect(calls).toBe(1);
});

describe("of a larger contract", async () => {
  const parameter = (required: boolean) => `{ name: q, in: query, required: ${required}, schema: { type: string } }`;
  const spec = join(await mkdtemp(join(tmpdir(), "verify-")), "larger.yaml");
  await writeFile(
    spec,
    `${HEAD}  /list:
    get: { operationId: list, parameters: [${parameter(false)}], responses: { 200: { $ref: "#/components/responses/R" } } }
    post: { operationId: create, responses: { 200: { $ref: "#/components/responses/R" } } }
  /item:
    parameters: [{ $ref: "#/components/parameters/q" }]
    get: { operationId: item, responses: { 200: { $ref: "#/components/responses/R" } } }
  /search:
    get: { operationId: search, parameters: [${parameter(true)}], responses: { 200: { $ref: "#/components/responses/R" } } }
components:
  parameters: { q: ${parameter(true)} }
  responses:
    R:
      description: Some.
      headers: { X-Total: { schema: { type: integer } } }
      content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Named" } }, example: [] } }
  schemas:
    Named: { type: object, properties: { name: { type: string }, free: { type: object }, more: { $ref: "#/components/schemas/Node" } } }
    Node:
      type: object
      properties:
        next: { anyOf: [{ $ref: "#/components/schemas/Node" }, { type: "null" }] }
        byName: { type: object, additionalProperties: { $ref: "#/components/schemas/Named" } }
`,
  );
  const larger = await readContract(spec);

  test("only operations without required parameters or side effects are called", async () => {
    const requests: unknown[] = [];
    const report = await verified(
      (request, response) => {
        requests.push(`${request.method} ${request.url}`);
        responding([])(request, response);
      },
      {},
      larger,
    );
    expect(requests).toEqual(["GET /list"]);
    expect(report.skipped.map(({ id }) => id)).toEqual(["create", "item", "search"]);
  });

  test("undocumented members are found at any depth, and header names compared without case", async () => {
    const more = { next: { next: { odd: 1 } }, byName: { any: { name: "a", odd: 1 } } };
    const listener = responding([{ name: "a", free: { odd: 1 }, more, odd: 1 }, 7], 200, { "x-total": "1" });
    const [finding] = (await verified(listener, {}, larger)).findings;
    expect(finding?.undocumented.members).toEqual(["/*/more/next/next/odd", "/*/more/byName/any/odd", "/*/odd"]);
    expect(finding?.undocumented.headers).not.toContain("x-total");
  });

  test('without an operation to call, the verdict is not "conforms"', async () => {
    expect((await verified(responding([]), {}, { ...larger, operations: [] })).verdict).toBe("inconclusive");
  });
});

test.each([
  [404, error("401")?.invalidKey],
  [404, { detail: "Not Found" }],
  [405, { detail: "Method Not Allowed" }],
  [404, "<p>nothing here</p>"],
])('%s with the body %j is "not found"', async (status, content) => {
  const report = await verified(responding(content, status));
  expect(report.verdict).toBe("not found");
  expect(report.findings).toMatchObject([{ status, reason: "the operation may not exist" }]);
});

test("a 401 in another form reports that the key is not accepted, and the undocumented members", async () => {
  const report = await verified(responding({ detail: "Invalid API key" }, 401));
  expect(report.verdict).toBe("inconclusive");
  expect(report.findings).toMatchObject([
    { verdict: "inconclusive", status: 401, reason: "the key is not accepted", undocumented: { members: ["/detail"] } },
  ]);
});

test.each([
  ["lists", `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
  ["objects", `${'{"data":'.repeat(50_000)}0${"}".repeat(50_000)}`],
])("50,000 levels of %s are a violation", async (_, text) => {
  const report = await verified(responding(text));
  expect(report.verdict).toBe("violates");
  expect(report.findings[0]?.violations).toMatchObject([
    { pointer: "", message: expect.stringContaining("levels deep") },
  ]);
});

describe("the program", () => {
  afterEach(() => vi.unstubAllEnvs());

  async function run(args: string[], env: Record<string, string>) {
    for (const [name, value] of Object.entries({ KONPRO_API_KEY: KEY, ...env })) vi.stubEnv(name, value);
    return runMain(main, ...args);
  }

  test("prints a report that starts with the verdict and contains no secret", async () => {
    const listener = responding({ data: [{ ...without("url"), [`x-${KEY}`]: KEY }] }, 200, { "x-echo": KEY });
    const baseUrl = await fakeApi(listener);
    const { host } = new URL(baseUrl);
    const { code, stdout, stderr } = await run([], { KONPRO_BASE_URL: `${baseUrl}/` });
    expect(stdout.trimEnd().split("\n")).toEqual([
      "verdict: violates",
      expect.stringMatching(`^Contract ${contract.document.info?.version}, compared with ${host} on 20..-`),
      expect.stringMatching(/^listWebhookEndpoints \(GET \/v1\/webhook\/endpoint.list\): 200, violates, \d+ ms$/),
      "  violation: /data/0/url is missing",
      "  undocumented member: /data/*/x-[redacted]",
      "  undocumented header: x-echo",
      `Not called, because they need parameters or may change something: ${skipped.map(({ id }) => id).join(", ")}`,
    ]);
    expect(stderr).toBe(`Calling ${host}: GET /v1/webhook/endpoint.list\n`);
    expect(code).toBe(1);
  });

  test("escapes line breaks, invisible characters and bidi controls", async () => {
    const names = [
      "a\r::error::forged",
      "b\n::error::forged",
      "c\u2028```",
      "d\u202e",
      "e\u0085",
      "f\ud800",
      "g\u001b[2J",
    ];
    const listener = responding({ ...Object(body), ...Object.fromEntries(names.map((name) => [name, 1])) });
    const { stdout } = await run([], { KONPRO_BASE_URL: await fakeApi(listener) });
    const members = stdout.split("\n").filter((line) => line.startsWith("  undocumented member: "));
    expect(members.map((line) => line.split("/")[1]).join()).toBe(
      "a\\u{d}::error::forged,b\\u{a}::error::forged,c\\u{2028}```,d\\u{202e},e\\u{85},f\\u{d800},g\\u{1b}[2J",
    );
    expect(stdout).not.toMatch(/[^\n\P{C}]|[\u2028\u2029]/u);
  });

  test("exits 0 if everything conforms, and 1 if an operation is not found", async () => {
    const good = await run(["--timeout", "20000"], { KONPRO_BASE_URL: await fakeApi(responding(body)) });
    expect(good).toMatchObject({ code: 0, stdout: expect.stringMatching(/^verdict: conforms\n/) });
    const lost = await run([], { KONPRO_BASE_URL: await fakeApi(responding({ detail: "Not Found" }, 404)) });
    expect(lost).toMatchObject({ code: 1, stdout: expect.stringMatching(/^verdict: not found\n/) });
  });

  test("--spec determines the calls and the comparison", async () => {
    const spec = join(await mkdtemp(join(tmpdir(), "verify-")), "other.yaml");
    const text = await readFile("openapi.yaml", "utf8");
    await writeFile(spec, text.replaceAll("endpoint_id", "renamed_id").replace("name: x-api-key", "name: x-other-key"));
    const keys: unknown[] = [];
    const baseUrl = await fakeApi((request, response) => {
      keys.push(request.headers["x-other-key"], request.headers["x-api-key"]);
      responding(body)(request, response);
    });
    const { code, stdout } = await run(["--spec", spec], { KONPRO_BASE_URL: baseUrl });
    expect(stdout).toContain("violation: /data/0/renamed_id is missing");
    expect(stdout).toContain("undocumented member: /data/*/endpoint_id");
    expect(code).toBe(1);
    expect(keys).toEqual([KEY, undefined]);
  });

  test.each<[string, string[], Record<string, string>, RegExp]>([
    ["no key", [], { KONPRO_API_KEY: " " }, /KONPRO_API_KEY is not set.*\nUsage: /],
    ["a wrong option", ["--jsn"], {}, /--jsn.*\nUsage: /],
    ["a wrong timeout", ["--timeout", "soon"], {}, /--timeout is soon; it must be a number.*\nUsage: /],
    [
      "a server that would get the key unencrypted",
      [],
      { KONPRO_BASE_URL: "http://a.example" },
      /KONPRO_BASE_URL\) must/,
    ],
    [
      "a password in the URL",
      [],
      { KONPRO_BASE_URL: `https://me:${KEY}@a.example` },
      /KONPRO_BASE_URL\) must.*credentials/,
    ],
    ["a query in the URL", [], { KONPRO_BASE_URL: `https://a.example/?${KEY}` }, /KONPRO_BASE_URL\) must/],
    ["a URL with another scheme", [], { KONPRO_BASE_URL: `ftp://${KEY}.example` }, /KONPRO_BASE_URL\) must/],
    ["no such file", ["--spec", "nope.yaml"], {}, /Cannot read nope\.yaml \(ENOENT\)/],
    [
      "no such server",
      [],
      { KONPRO_BASE_URL: "http://127.0.0.1:2" },
      /^verdict: inconclusive\n.*no response, inconclusive, \d+ ms: 127\.0\.0\.1:2 cannot be reached: .*ECONNREFUSED/s,
    ],
    ["no such host", [], { KONPRO_BASE_URL: "https://no.invalid" }, /no\.invalid cannot be reached: .* no\.invalid/],
    ["a key that is not a valid header value", [], { KONPRO_API_KEY: "fake\nkey-0000" }, /KONPRO_API_KEY/],
  ])("exits 2 for %s", async (_, args, env, message) => {
    const { code, stdout, stderr } = await run(args, env);
    expect(stdout + stderr).toMatch(message);
    expect(stdout + stderr).not.toContain(KEY);
    expect(stdout + stderr).not.toContain("key-0000");
    expect(code).toBe(2);
  });
});
