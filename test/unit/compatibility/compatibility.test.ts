// What openapi-fetch promises, this client does: any calls, made with both, send the same and come to the same.
import fc from "fast-check";
import { type Middleware, wrapAsPathBasedClient } from "openapi-fetch";
import { expect, test } from "vitest";
import { type AnyClient, BASE_URL } from "../../support/client.js";
import { both, comparable, LOST } from "./both.js";

const text = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ maxLength: 3, unit: "binary" }),
  fc.constantFrom("a/b?c#d", "..", "$& $1", "100%", "//other.example/", "ä €"),
);
const plain = fc.oneof(text, fc.integer(), fc.boolean());
const list = fc.array(plain, { maxLength: 3 });
const membersOf = <Value>(value: fc.Arbitrary<Value>, ...names: string[]) =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3, noNullPrototype: true });
const flat = membersOf(plain, "role", "firstName");
const sometimes = <Usual, Other>(usual: fc.Arbitrary<Usual>, other: fc.Arbitrary<Other>) =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: other });

const ascii = fc.string({ maxLength: 6 });
const headerValue = fc.oneof(
  ascii.map((value) => value.trim()),
  fc.constantFrom(null, undefined, 0, 7, true, false, ["a", "b"], [1, true], [], "application/x-www-form-urlencoded"),
);
const headerRecord = membersOf(
  sometimes(headerValue, fc.constant("a\nb")),
  ...["x-a", "X-A", "x-b", "X-C", "accept", "content-type", "Content-Type"],
);
const headers = fc.oneof(
  headerRecord,
  membersOf(ascii, "x-a", "x-b", "x-c").map((record) => new Headers(record)),
);

const exploding = <Style extends string>(...styles: Style[]) =>
  fc.record({ style: fc.constantFrom(...styles), explode: fc.boolean() });
const querySerializer = fc.oneof(
  fc.record(
    {
      array: exploding("form", "spaceDelimited", "pipeDelimited"),
      object: exploding("form", "deepObject"),
      allowReserved: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  fc.constantFrom(
    (query: object) => Object.keys(query).join("+"),
    (query: object) => `?${Object.keys(query).join("!")}`,
  ),
);
const pathSerializer = fc.constantFrom(
  (template: string) => template.replace(/\{[^}]+\}/g, "-1-"),
  (template: string, values: object) => template.replace(/\{[^}]+\}/g, `${Object.keys(values)}`),
);
const form = new FormData();
form.append("name", "value");
const bodySerializer = fc.constantFrom<(body: unknown, headers?: unknown) => unknown>(
  (body) => `<${JSON.stringify(body)}>`,
  (_, headers) => (headers instanceof Headers ? JSON.stringify([...headers]) : undefined),
  () => new TextEncoder().encode("bytes"),
  () => new Blob(["blob"], { type: "image/png" }),
  () => new URLSearchParams({ q: "1" }),
  () => form,
  () => undefined,
  () => {
    throw new RangeError("cannot be serialised");
  },
);
const baseUrl = fc.constantFrom("", "/", "/v2", "/v2/", "/a/b/").map((path) => BASE_URL + path);

/** What a client and a call can both set. */
const shared = {
  ...{ baseUrl, headers, querySerializer, bodySerializer, pathSerializer },
  cache: sometimes(fc.constantFrom("no-store", "reload"), fc.constant("only-if-cached")), // which is an error
  credentials: fc.constantFrom("include", "omit"),
  keepalive: fc.boolean(),
  referrerPolicy: fc.constant("no-referrer"),
};
const some = { requiredKeys: [] };
const ofClient = fc.record({ ...shared, requestInitExt: fc.constant({ dispatcher: "an agent" }) }, some);

const body = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(undefined, form, { a: "1 2", b: "&" }));
const query = membersOf(
  sometimes(fc.oneof(plain, list, flat, fc.constantFrom(null, undefined)), fc.constant([{ deep: 1 }])),
  ...["id", "user", "text"],
);
const parseAs = fc.constantFrom("json", "text", "blob", "arrayBuffer", "stream");
const init = fc.record({ ...shared, parseAs }, some);
const sending = sometimes(
  fc.oneof(
    fc.record({ verb: fc.constantFrom("GET", "HEAD", "DELETE", "OPTIONS") }),
    fc.record({ verb: fc.constantFrom("PUT", "POST", "PATCH", "DELETE", "OPTIONS"), body }),
  ),
  fc.record({ verb: fc.constantFrom("GET", "HEAD", "TRACE"), body }), // which is an error
);

/** Without an empty segment, and others that this client refuses on purpose: test/unit/parameters.test.ts has these. */
const place = fc.oneof(
  fc.constant({ path: "/others", params: {} }),
  fc.record({
    path: fc
      .constantFrom("{id}", "{id*}", "{.id}", "{.id*}", "{;id}", "{;id*}")
      .map((id) => `/v${id}/{row}/{name}.json`),
    params: fc.record({
      path: fc.record({ id: fc.oneof(plain, list, flat), row: fc.integer(), name: plain, unused: plain }),
    }),
  }),
);
const call = fc
  .record({ sending, isNamed: fc.boolean(), place, rest: fc.record({ query, header: headerRecord }, some), init })
  .map(({ sending: { verb, ...body }, isNamed, place: { path, params }, rest, init }) => ({
    ...{ verb, isNamed, path },
    init: { ...init, ...body, params: { ...rest, ...params } },
  }));

/** What a server does: without a status, it cannot be reached. */
const response = fc.record({
  status: sometimes(fc.constantFrom(200, 200, 201, 204, 299, 400, 404, 500, 503), fc.constant(undefined)),
  body: fc.oneof(fc.json({ maxDepth: 1 }), fc.constantFrom("", "null", "0", "<html>", "{cut", '{"a":"ä"}')),
  isSized: fc.boolean(),
});

async function respond({ status, body, isSized }: typeof response extends fc.Arbitrary<infer Value> ? Value : never) {
  if (!status) throw LOST;
  const headers = isSized ? { "content-length": `${new TextEncoder().encode(body).length}` } : {};
  return new Response(status === 204 ? null : body, { status, statusText: "Said", headers });
}

/** What the hooks of a middleware do, most often the first. */
const HOOKS = {
  onRequest: ["mark", "nothing", "replace", "respond", "wrong", "fail"],
  onResponse: ["mark", "nothing", "turn", "read", "wrong", "fail"],
  onError: ["nothing", "respond", "other", "wrong"],
} as const;
type Plan = { [Hook in keyof typeof HOOKS]: (typeof HOOKS)[Hook][number] };
const deed = <Deed extends string>([usual, ...others]: readonly [Deed, ...Deed[]]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 3, arbitrary: fc.constantFrom(...others) });
const plan = fc.record({
  ...{ onRequest: deed(HOOKS.onRequest), onResponse: deed(HOOKS.onResponse), onError: deed(HOOKS.onError) },
});
const plans = fc.oneof(...[0, 3].map((maxLength) => fc.array<Plan>(plan, { maxLength })));
/** A middleware that follows its plan, and notes what it is told. */
function middleware(name: string, plan: Plan, notes: unknown[]): Middleware {
  const ids: string[] = [];
  const note = async (hook: string, context: Parameters<NonNullable<Middleware["onRequest"]>>[0]) => {
    const { request, schemaPath, params, options, id } = context;
    if (!ids.includes(id)) ids.push(id);
    const kinds = Object.entries(options).map(([name, value]) => [name, typeof value === "function" || value]);
    const isFrozen = !Reflect.set(options, "baseUrl", "https://other.example");
    notes.push({
      name,
      hook,
      url: request.url,
      method: request.method,
      schemaPath,
      params,
      kinds,
      isFrozen,
      id: ids.indexOf(id),
    });
    await Promise.resolve();
  };
  const common = (does: string) => {
    if (does === "wrong") return JSON.parse('{"not":"one"}');
    if (does === "fail") throw new RangeError(`of ${name}`);
    return does === "respond" ? Response.json({ name }, { headers: { "x-back": name } }) : undefined;
  };
  return {
    async onRequest(context) {
      await note("onRequest", context);
      const { request } = context;
      if (plan.onRequest === "mark") request.headers.append("x-way", name);
      if (plan.onRequest !== "replace") return common(plan.onRequest);
      const { url, referrerPolicy } = request; // which an init would reset
      return new Request(new Request(`${url}/${name}`, request), { method: "PUT", referrerPolicy });
    },
    async onResponse({ response, ...context }) {
      await note(`onResponse ${response.status}`, context);
      const { status, ok, body, headers } = response;
      if (plan.onResponse === "read") notes.push(await response.clone().text());
      if (plan.onResponse === "turn") return Response.json({ was: status }, { status: ok ? 418 : 200 });
      if (plan.onResponse !== "mark") return common(plan.onResponse);
      return new Response(body, { status, headers: [...headers, ["x-back", name]] });
    },
    async onError(context) {
      await note("onError", context);
      return plan.onError === "other" ? new RangeError(`other of ${name}`) : common(plan.onError);
    },
  };
}

test("whatever is called, both send the same, tell middleware the same, and come to the same", async () => {
  let sent = 0;
  const calls = fc.array(fc.record({ call, response, own: plans }), { minLength: 1, maxLength: 2 });
  const property = fc.asyncProperty(ofClient, plans, calls, async (options, all, calls) => {
    let next = calls[0]?.response;
    const use = async (client: AnyClient) => {
      const notes: unknown[] = [];
      const made = (plan: Plan, index: number) => middleware(`${index}`, plan, notes);
      if (all.length > 0) client.use(...all.map(made));
      const outcomes = [];
      for (const {
        call: { verb, isNamed, path, init },
        response,
        own,
      } of calls) {
        next = response;
        const whole = { ...init, ...(own.length > 0 && { middleware: own.map(made) }) };
        const [method, ...args]: [string, ...unknown[]] = isNamed
          ? [verb, path, whole]
          : ["request", verb.toLowerCase(), path, whole];
        outcomes.push(await comparable(() => Reflect.get(client, method)(...args)));
      }
      return { outcomes, notes };
    };
    const answer = () => (next ? respond(next) : Response.error());
    const { requests } = await both(use, { ...Object(options), maxRetries: 0, answer });
    sent += requests.length;
  });
  await fc.assert(property, { numRuns: 500 });
  expect(sent).toBeGreaterThan(300);
});

test("a list of values in a client's header is sent once", async () => {
  const { requests } = await both((client) => client.GET("/things"), { headers: { "x-list": ["a", "b"] } });
  expect(requests).toMatchObject([{ headers: { "x-list": "a, b" } }]);
});

/** Says in the request and in the response where it came by. */
const mark = (name: string): Middleware => ({
  onRequest: ({ request }) => request.headers.append("x-way", name),
  onResponse: ({ response: { body, headers } }) => new Response(body, { headers: [...headers, ["x-back", name]] }),
});
const ways = (requests: { headers: Record<string, string> }[]) => requests.map(({ headers }) => headers["x-way"]);

test("requests go through middleware in order, responses in reverse; that of a call comes last, and for it alone", async () => {
  const { requests, outcome } = await both(async (client) => {
    client.use(mark("a"), mark("b"));
    client.use(mark("c"));
    await client.GET("/things", { middleware: [mark("d"), mark("e")] });
    return client.GET("/things");
  });
  expect(ways(requests)).toEqual(["a, b, c, d, e", "a, b, c"]);
  expect(outcome).toHaveProperty("response.headers.x-back", "c, b, a");
});

test("eject takes out what it is given, once, and nothing else", async () => {
  const [a, b, c] = [mark("a"), mark("b"), mark("c")];
  const { requests } = await both(async ({ use, eject, GET }) => {
    use(a, a, b, c); // without this
    eject(a, c, mark("never used"));
    await GET("/things");
    eject(a, b);
    await GET("/things");
    use(c);
    await GET("/things");
  });
  expect(ways(requests)).toEqual(["a, b", undefined, "c"]);
});

test("what is not a middleware is refused, nothing is passed over", async () => {
  const { requests, outcome } = await both((client) => {
    client.use(JSON.parse("null"));
    client.use(JSON.parse('{"onRequst": "misspelt"}'));
  });
  expect(requests).toEqual([]);
  expect(outcome).toHaveProperty("threw.message", expect.stringContaining("Middleware must be an object"));
});

test("the client, wrapped to be called by path", async () => {
  const { requests, outcome } = await both(async (client) => {
    const byPath = wrapAsPathBasedClient(client);
    return byPath["/things/{id}"]?.PUT({ params: { path: { id: 1 } }, body: { a: 1 } });
  });
  expect(requests).toMatchObject([{ method: "PUT", url: `${BASE_URL}/things/1`, body: '{"a":1}' }]);
  expect(outcome).toHaveProperty("data", { ok: true });
});
