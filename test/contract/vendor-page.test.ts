// Fails if the contract contradicts the vendor's page, which is kept in vendor-page.json as it was read.
import type { WebhookEndpoint } from "konpro-client";
import { expect, test } from "vitest";
import { readContract } from "../../scripts/contract/read.js";
import page from "./vendor-page.json" with { type: "json" };

const { document, operations, server, keyHeader, secretMembers } = await readContract("openapi.yaml");
const operation = operations.find(({ id }) => id === "listWebhookEndpoints");
const definition = Object(document.paths?.["/v1/webhook/endpoint.list"]).get;
const schema = (name: string) => document.components?.schemas?.[name] ?? {};

test("method, URL and header are the page's", () => {
  expect(`${operation?.method.toUpperCase()} ${server}${operation?.path}`).toBe(`${page.method} ${page.url}`);
  expect(keyHeader).toBe(page.header);
  expect(operation?.keyless).toBe(false);
  expect(definition).not.toHaveProperty("parameters");
});

test("the first example of the 200 response is the page's sample, member for member", () => {
  const examples = Object.values(Object(definition.responses["200"]).content["application/json"].examples);
  expect(examples[0]).toMatchObject({ value: page.sample });
  expect(Object(examples[0]).value).toEqual(page.sample);
});

test("the responses are those the page lists, with one for each status the vendor documents", () => {
  expect(Object.keys(definition.responses)).toEqual(["200", "401", "403", "429", "500", "503", "default"]);
});

const { data, ...fields } = page.fields;
const types: Record<string, object> = {
  string: { type: "string" },
  datetime: { type: "string", format: "date-time" },
  "array[string]": { type: ["array", "null"] },
};

test("the list is in `data`", () => {
  expect(schema("WebhookEndpointList")).toMatchObject({ required: ["data"], properties: { data: { type: data } } });
});

test.each(Object.entries(fields))("%s is a %s, described and with an example", (name, type) => {
  const { properties, required } = Object(schema("WebhookEndpoint"));
  // As `"string?"`: a field that is not always there.
  expect(required.includes(name)).toBe(!type.endsWith("?"));
  const { $ref } = properties[name];
  const property = $ref ? schema($ref.split("/").at(-1)) : properties[name];
  expect(property).toMatchObject({
    ...types[type.replace("?", "")],
    description: expect.any(String),
    examples: [expect.anything()],
  });
});

test("the endpoint has no other fields", () => {
  expect(Object.keys(Object(schema("WebhookEndpoint")).properties).sort()).toEqual(Object.keys(fields).sort());
});

test("open sets are open, and nothing is closed to unknown members", () => {
  const text = JSON.stringify(document);
  expect(schema("WebhookEndpointStatus")).toMatchObject({
    type: "string",
    "x-extensible-enum": ["enabled", "disabled"],
  });
  expect(text).not.toMatch(/"enum":|"additionalProperties":|"unevaluatedProperties":/);
  const future: WebhookEndpoint["status"] = "some_future_status";
  expect(future).toBe("some_future_status");
});

test("the secret is marked as a credential", () => {
  expect(secretMembers).toEqual(["secret"]);
});
