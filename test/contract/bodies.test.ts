// Whether a response has a body is one rule, which the generator, the client, the mock and the validators share.
import { describe, expect, test } from "vitest";
import { clientOf } from "../support/generated-client.js";

const JSON_BODY = { content: { "application/json": { schema: { type: "object" }, example: { a: 1 } } } };

/** For each operation, what it declares. */
const OPERATIONS: Record<string, Record<string, object>> = {
  plain: { 200: JSON_BODY },
  mixed: { 200: JSON_BODY, "2XX": {} },
  ranged: { "2XX": JSON_BODY },
  noContent: { 204: {} },
  resetContent: { 205: {} },
  emptyOrError: { 202: {}, default: JSON_BODY },
};

const paths = Object.entries(OPERATIONS).map(([id, responses]) => {
  const described = Object.entries(responses).map(([status, body]) => [status, { description: "It.", ...body }]);
  const operation = { operationId: id, summary: `Get ${id}`, responses: Object.fromEntries(described) };
  return [`/${id}`, { get: operation }];
});
const { createKonProClient, createMockApi, findViolation, operations, examples } = await clientOf(
  "bodies",
  Object.fromEntries(paths),
);
const callWith = (id: string, fetch: () => Promise<Response>) =>
  Reflect.get(createKonProClient({ apiKey: "test-key-0000", maxRetries: 0, fetch }), id)();

/** By operation and status: whether the contract promises a body. */
const declared: [id: string, status: number, hasBody: boolean][] = [
  ["plain", 200, true],
  ["mixed", 200, true],
  ["mixed", 202, false],
  ["ranged", 200, true],
  ["ranged", 299, true],
  ["noContent", 204, false],
  ["resetContent", 205, false],
  ["emptyOrError", 202, false],
];

describe.each(declared)("%s, %i: has a body? %s", (id, status, hasBody) => {
  test("the client", async () => {
    const call = callWith(id, async () => new Response(null, { status }));
    if (hasBody) await expect(call).rejects.toMatchObject({ name: "KonProResponseError", status });
    else await expect(call).resolves.toBeUndefined();
  });

  test("the mock, whose response the client takes", async () => {
    const api = createMockApi();
    Reflect.apply(api.reply, api, [id, { status }]);
    const call = callWith(id, async () => api.fetch(`https://api.example/${id}`));
    await expect(call).resolves.toEqual(hasBody ? { a: 1 } : undefined);
  });

  test("the validators", () => {
    expect(findViolation("GET", `/${id}`, status, undefined) !== undefined).toBe(hasBody);
  });
});

test("the generator", () => {
  const tables = Object.entries(operations).map(([id, operation]) => [id, Reflect.get(Object(operation), "bodies")]);
  expect(Object.fromEntries(tables)).toEqual({
    mixed: { 200: true, "2XX": false },
    noContent: { 204: false },
    resetContent: { 205: false },
    emptyOrError: { 202: false },
  });
  expect(Object.values(Reflect.get(examples, "noContent"))).toEqual([{ examples: {} }]);
});

test.each(Object.keys(OPERATIONS))(
  "%s: the mock's first response is a 2xx response that the client takes",
  async (id) => {
    const api = createMockApi();
    const [first] = declared.filter(([operation]) => operation === id).map(([, , hasBody]) => hasBody);
    const call = callWith(id, async () => api.fetch(`https://api.example/${id}`));
    await expect(call).resolves.toEqual(first ? { a: 1 } : undefined);
  },
);

test("a 204 is sent without a body by the mock, though its range declares one, and the client says so", async () => {
  const api = createMockApi();
  Reflect.apply(api.reply, api, ["ranged", { status: 204 }]);
  const response = await api.fetch("https://api.example/ranged");
  expect([response.status, response.body]).toEqual([204, null]);
  await expect(callWith("ranged", async () => response)).rejects.toThrow(/204, but the body is missing/);
});
