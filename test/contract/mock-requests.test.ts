// createMockApi and Prism judge the same requests. Where they differ, the table says why.
import { afterAll, describe, expect, test } from "vitest";
import { startPrism } from "../../scripts/mock.js";
import { clientOf, generateClient, loadClient } from "../support/generated-client.js";

type Verdict = "taken" | "refused";

/** A request, the mock's verdict, and where Prism's is the other one, the reason for that. */
type Row = [request: string, body: string | undefined, verdict: Verdict, prismDiffers?: string];

/** Sends what the tables say, with headers that each operation of a contract takes. */
const HEADERS: Record<string, string> = { "x-api-key": "test-key-0000", "x-token": "test-key-0000" };

async function judge(fetch: typeof globalThis.fetch, request: string, body: string | undefined): Promise<Verdict> {
  const [line = "", ...extra] = request.split(" | ");
  const [method = "", url = ""] = line.split(" ");
  const headers = new Headers(HEADERS);
  if (body) headers.set("content-type", "application/json");
  for (const header of extra) headers.set(...(header.split(": ") as [string, string]));
  const response = await fetch(url, { method, headers, body: body ?? null }).catch((error: unknown) => error);
  if (response instanceof RangeError) return "refused";
  if (response instanceof Response) return response.ok ? "taken" : "refused";
  throw response;
}

type Client = Pick<typeof import("../../src/testing.js"), "createMockApi">;

function compare(mock: string, { createMockApi }: Client, rows: Row[]): void {
  test.each(rows)("%s %s: %s", async (request, body, verdict, prismDiffers) => {
    expect(await judge(createMockApi().fetch, request.replace(" /", " https://api.example/"), body)).toBe(verdict);
    const others = { taken: "refused", refused: "taken" } as const;
    const expected = prismDiffers === undefined ? verdict : others[verdict];
    expect(await judge(fetch, request.replace(" /", ` ${mock}/`), body), prismDiffers).toBe(expected);
  });
}

const LAST = "Prism reads the last value of a list alone, unless `explode: true` is written";
const NULL = "Prism takes null for no body";
const EMPTY = "Prism takes an empty value for none";

const TENANT = " | x-tenant: acme";

const ORDERS = "test/fixtures/orders.yaml";
const folder = ".cache/orders-requests";
await generateClient(ORDERS, folder);
const [orders, ordersPrism] = await Promise.all([loadClient(folder), startPrism(ORDERS)]);

describe("orders", () => {
  compare(ordersPrism.url, orders, [
    [`GET /orders?region=eu${TENANT}`, undefined, "taken"],
    [`GET /orders?region=eu&state=open${TENANT}`, undefined, "taken"],
    [`GET /orders?region=eu&state=lost${TENANT}`, undefined, "refused"],
    [`GET /orders?region=eu&state=lost&state=open${TENANT}`, undefined, "refused", LAST],
    [`GET /orders?region=eu&limit=0${TENANT}`, undefined, "refused"],
    [`GET /orders?region=eu&region=us${TENANT}`, undefined, "refused"],
    [`GET /orders?region=${TENANT}`, undefined, "taken", EMPTY],
    [`GET /orders${TENANT}`, undefined, "refused"],
    ["GET /orders?region=eu", undefined, "refused"],
    ["DELETE /orders/a%2Fb%20c", undefined, "taken"],
    ["DELETE /orders/1", "{}", "refused"],
    ["PUT /orders/1", undefined, "taken"],
    ["PUT /orders/1", '{"items":[]}', "taken"],
    ["PUT /orders/1", '{"items":[{"sku":"a"}]}', "refused"],
    ["PUT /orders/1", '{"items":[{"sku":"a","count":1.5}]}', "refused"],
  ]);
});

/** A schema by the name of its path, which takes it as a body or, if it is listed below, as a parameter. */
const SCHEMAS: Record<string, object> = {
  enum: { type: "integer", enum: [1, 2] },
  const: { type: "boolean", const: true },
  pattern: { type: "string", pattern: "^[a-z]+$" },
  uuid: { type: "string", format: "uuid" },
  day: { type: "string", format: "date-time" },
  maybe: { type: ["integer", "null"] },
  above: { type: "number", exclusiveMinimum: 0 },
  few: { type: "array", maxItems: 1, items: { type: "string" } },
  list: { type: "array", items: { $ref: "#/components/schemas/Named" } },
  closed: { type: "object", additionalProperties: false, properties: { a: { type: "string" } } },
  map: { type: "object", additionalProperties: { type: "integer" } },
  orNull: { anyOf: [{ $ref: "#/components/schemas/Named" }, { type: "null" }] },
  chosen: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
};

const IN_QUERY = ["enum", "const", "pattern", "uuid", "day", "above", "few"];

const kind = (value: string, member: string) => ({
  type: "object",
  required: ["kind", member],
  properties: { kind: { type: "string", const: value }, [member]: { type: "integer" } },
});

const responses = { "204": { description: "Done." } };
const paths = Object.entries(SCHEMAS).map(([name, schema]) => {
  const requestBody = { required: true, content: { "application/json": { schema } } };
  const put = { operationId: name, requestBody, responses };
  const get = { operationId: `${name}InQuery`, parameters: [{ name, in: "query", schema }], responses };
  return [`/${name}`, IN_QUERY.includes(name) ? { get, put } : { put }];
});
const inPath = { parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }] };
const client = await clientOf(
  "requests",
  { ...Object.fromEntries(paths), "/size/{id}": { get: { operationId: "size", ...inPath, responses } } },
  {
    Named: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
    Cat: kind("cat", "lives"),
    Dog: kind("dog", "tricks"),
  },
);
const prism = await startPrism(client.spec);
afterAll(() => Promise.all([prism.close(), ordersPrism.close()]));

describe("every kind of schema", () => {
  compare(prism.url, client, [
    ["GET /size/1", undefined, "taken"],
    ["GET /size/a", undefined, "refused"],
    ["GET /enum?enum=1", undefined, "taken"],
    ["GET /enum?enum=3", undefined, "refused"],
    ["GET /const?const=true", undefined, "taken"],
    ["GET /const?const=false", undefined, "refused"],
    ["GET /pattern?pattern=ab", undefined, "taken"],
    ["GET /pattern?pattern=AB", undefined, "refused"],
    ["GET /uuid?uuid=8d3e1a52-6d0f-4c6f-9a57-0e6d1f0c2b11", undefined, "taken"],
    ["GET /uuid?uuid=1", undefined, "refused"],
    ["GET /day?day=2026-11-25T10:00:00Z", undefined, "taken"],
    ["GET /day?day=2026-11-25T10:00:00", undefined, "refused"],
    ["GET /above?above=0.5", undefined, "taken"],
    ["GET /above?above=0", undefined, "refused"],
    ["GET /few?few=1", undefined, "taken"],
    ["GET /few?few=1&few=2", undefined, "refused", LAST],
    ["PUT /enum", "3", "refused"],
    ["PUT /maybe", "null", "taken", NULL],
    ["PUT /maybe", '"1"', "refused"],
    ["PUT /list", '[{"name":"a"}]', "taken"],
    ["PUT /list", '[{"name":1}]', "refused"],
    ["PUT /closed", '{"b":1}', "refused"],
    ["PUT /map", '{"b":1}', "taken"],
    ["PUT /map", '{"b":"1"}', "refused"],
    ["PUT /orNull", "null", "taken", NULL],
    ["PUT /orNull", "{}", "refused"],
    ["PUT /chosen", '{"kind":"cat","lives":9}', "taken"],
    ["PUT /chosen", '{"kind":"dog","lives":9}', "refused"],
  ]);
});
