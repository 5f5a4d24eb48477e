// The pages of operations, from a contract with what openapi.yaml does not have.
import { expect, test } from "vitest";
import { readContract } from "../../scripts/docs/contract.js";
import { operationGroups, operationPage, operationsPage, redoclyLink } from "../../scripts/docs/operation-page.js";

const contract = await readContract("test/fixtures/orders.yaml");
const find = (id: string) => contract.operations.find((operation) => operation.id === id) ?? expect.fail(`no ${id}`);
const pageOf = (id: string) => operationPage(contract, find(id));

test("operations are listed by tag, and events are not operations", async () => {
  const groups = operationGroups(contract).map(({ text, items }) => [text, items.map((item) => item.text)]);
  expect(groups).toMatchObject([
    ["Orders", expect.arrayContaining(["listOrders"])],
    ["Service", ["ping"]],
  ]);
  const page = operationsPage(contract);
  for (const text of ["## Orders", "listOrders.md", "## Service", "ping.md"]) expect(page).toContain(text);
  expect(operationsPage(await readContract("openapi.yaml"))).not.toContain("receiveWebhookEvent");
});

test("a page says what is deprecated, what is sent without a key, what has no body, and what a status means", () => {
  expect(pageOf("listOldOrders")).toMatch(/::: warning Deprecated/);
  expect(pageOf("ping")).toMatch(/without the API key.*no body/s);
  expect(pageOf("listOrders")).not.toMatch(/Deprecated|without the API key|no body/);
  expect(pageOf("createOrder")).toMatch(/## Response 202\n\nIt will be created later\..*\| 4XX.*\| It did not work/s);
});

test("a schema that contains itself is listed once", () => {
  expect(pageOf("getOrder")).toMatch(/\| (`|<code>)replaces/);
  expect(pageOf("getOrder")).not.toContain("replaces.id");
});

test("a page leads to its place on Redocly's page", () => {
  expect(redoclyLink(contract, find("getOrder"))).toBe("api.html#/orders/getorder");
  expect(pageOf("getOrder")).toContain("../api.html#/orders/getorder");
});
