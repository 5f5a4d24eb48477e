// The pages of operations, from a contract with what openapi.yaml does not have.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Contract, readContract } from "../../scripts/docs/contract.js";
import { operationGroups, operationPage, operationsPage, redoclyLink } from "../../scripts/docs/operation-page.js";

const thing = { $ref: "#/components/schemas/Thing" };
const json = { "application/json": { schema: thing, examples: { one: { value: { id: "1" } } } } };
const id = { name: "id", in: "path", required: true, description: "Which | one.", schema: { type: "string" } };
const operation = (operationId: string, tag: string, more: object) => ({
  operationId,
  tags: [tag],
  summary: `Call ${operationId}`,
  ...more,
});

const document = {
  openapi: "3.1.0",
  info: { title: "Things", version: "1.0.0", license: { name: "MIT", identifier: "MIT" } },
  servers: [{ url: "https://api.example.com" }],
  security: [{ key: [] }],
  tags: [{ name: "Thing library" }, { name: "Bin" }],
  paths: {
    "/v1/things/{id}": {
      parameters: [id],
      put: operation("replaceThing", "Thing library", {
        deprecated: true,
        description: "Costs {{ credits }} & <b>more</b>.",
        requestBody: { required: true, content: json },
        responses: { "2XX": { description: "Replaced.", content: json }, 404: { description: "No such thing." } },
      }),
      delete: operation("deleteThing", "Bin", { security: [], responses: { 204: { description: "Gone." } } }),
    },
  },
  webhooks: {
    event: {
      post: {
        operationId: "receiveEvent",
        summary: "An event",
        requestBody: { content: { "application/json": { schema: { type: "object" }, example: {} } } },
        responses: { 200: { description: "Received." } },
      },
    },
  },
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "x-api-key" } },
    schemas: {
      Thing: {
        type: "object",
        required: ["id"],
        properties: { id: { type: "string", examples: ["1"] }, parent: thing },
      },
    },
  },
};

let folder: string;
let contract: Contract;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "operation-page-"));
  await writeFile(join(folder, "openapi.yaml"), JSON.stringify(document));
  contract = await readContract(join(folder, "openapi.yaml"));
});
afterAll(() => rm(folder, { recursive: true }));

const find = (id: string) => contract.operations.find((operation) => operation.id === id) ?? expect.fail(`no ${id}`);
const pageOf = (id: string) => operationPage(contract, find(id));

test("operations are listed by tag, and events are not operations", () => {
  const groups = operationGroups(contract).map(({ text, items }) => [text, items.map((item) => item.text)]);
  expect(groups).toEqual([
    ["Thing library", ["replaceThing"]],
    ["Bin", ["deleteThing"]],
  ]);
  const page = operationsPage(contract);
  for (const text of ["## Thing library", "replaceThing.md", "## Bin", "deleteThing.md"]) expect(page).toContain(text);
  expect(page).not.toContain("receiveEvent");
});

test("a page says what is deprecated, what any 2xx gives, and what a status means", () => {
  const page = pageOf("replaceThing");
  expect(page).toMatch(/::: warning Deprecated/);
  expect(page).toMatch(/## .*\(any 2xx\)\n\nReplaced\./);
  expect(page).toMatch(/\| 404.*\| No such thing/);
});

test("a page says what is sent without a key, and what has no body", () => {
  expect(pageOf("deleteThing")).toMatch(/without the API key.*no body/s);
  expect(pageOf("replaceThing")).not.toMatch(/without the API key|no body/);
});

test("texts of the contract are neither HTML, nor templates, nor ends of cells", () => {
  const page = pageOf("replaceThing");
  expect(page).toMatch(/params\.path\.id.*Which (\\\||&#124;) one/);
  expect(page.replace(/^~{3,}.*?^~{3,}$/gms, "")).not.toMatch(/<b>|\{\{ credits/);
});

test("a schema that contains itself is listed once", () => {
  expect(pageOf("replaceThing").match(/parent\.id/g) ?? []).toHaveLength(0);
  expect(pageOf("replaceThing")).toMatch(/\| (`|<code>)parent/);
});

test("a page leads to its place on Redocly's page", () => {
  expect(redoclyLink(contract, find("replaceThing"))).toBe("api.html#/thing-library/replacething");
  expect(pageOf("replaceThing")).toContain("../api.html#/thing-library/replacething");
});
