// Tests what an editor shows for the built types, with the same compiler service.
import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/** In the root, where `konpro-client` resolves to this package. */
const FILE = resolve("editor.ts");

const options: ts.CompilerOptions = {
  ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, types: ["node"] },
  ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: true },
};

let text = "";
let version = 0;
const read = (file: string) => (file === FILE ? text : ts.sys.readFile(file));
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [FILE],
  getScriptVersion: (file) => (file === FILE ? String(version) : ""),
  getScriptSnapshot(file) {
    const content = read(file);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => process.cwd(),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (file) => file === FILE || ts.sys.fileExists(file),
  readFile: read,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

/** Writes a line into the program and returns the position of its mark, `^`. */
function write(line: string): number {
  text = `import { createKonProClient } from "konpro-client";
const konpro = createKonProClient();
const { data: endpoints } = await konpro.listWebhookEndpoints();
const result = await konpro.GET("/v1/webhook/endpoint.list");
${line}`;
  version += 1;
  const mark = text.indexOf("^");
  text = text.replace("^", "");
  return mark;
}

/** The place and the message of each error. */
function errors(line: string): { at: string; says: string }[] {
  write(line);
  return service.getSemanticDiagnostics(FILE).map(({ start = 0, length = 0, messageText }) => ({
    at: text.slice(start, start + length),
    says: ts.flattenDiagnosticMessageText(messageText, "\n"),
  }));
}

function hover(line: string): { signature: string; documentation: string; tags: string } {
  const info = service.getQuickInfoAtPosition(FILE, write(line));
  return {
    signature: ts.displayPartsToString(info?.displayParts),
    documentation: ts.displayPartsToString(info?.documentation),
    tags: (info?.tags ?? []).map(({ name, text }) => `${name} ${ts.displayPartsToString(text)}`).join("\n"),
  };
}

const completions = (line: string): string[] =>
  (service.getCompletionsAtPosition(FILE, write(line), {})?.entries ?? []).map(({ name }) => name);

test("the program has no errors", () => {
  expect(errors("endpoints[0]?.status;")).toEqual([]);
});

describe("a hover", () => {
  test("over a method shows its description below a short signature", () => {
    const { signature, documentation } = hover("konpro.^listWebhookEndpoints();");
    expect(documentation).toMatch(/^List webhook endpoints\n\nReturns all webhook endpoints .*GET \/v1\/webhook/s);
    expect(signature.split("\n").length).toBeLessThan(5);
  });

  test("over a verb shows what it does", () => {
    expect(hover('konpro.^GET("/v1/webhook/endpoint.list");').documentation).toMatch(/^Sends a request.*data, error/);
  });

  test.each([
    ["url", "The HTTPS URL that events are posted to."],
    ["secret", "It is a credential"],
    ["events", "An empty list and null both mean all events."],
    ["status", "Whether events are delivered to the endpoint."],
  ])("over the field %s shows its description", (field, description) => {
    expect(hover(`endpoints[0]?.^${field};`).documentation).toContain(description);
  });

  test("over an option shows its description", () => {
    const { documentation, tags } = hover("konpro.listWebhookEndpoints({ ^timeout: 1 });");
    expect([documentation, tags]).toEqual([
      expect.stringMatching(/^The deadline of one attempt/),
      "defaultValue 30000",
    ]);
  });
});

describe("completion", () => {
  test.each([
    ["of a method's response", 'endpoints[0]?.status === "^";', ["enabled", "disabled"]],
    ["of GET's response", 'result.data?.data[0]?.status === "^";', ["enabled", "disabled"]],
    ["of a loop's variable", 'for (const { status } of endpoints) status === "^";', ["enabled", "disabled"]],
  ])("knows the values %s", (_, line, values) => {
    expect(completions(line)).toEqual(values);
  });

  test("knows the event types of a body, and the paths", () => {
    const body = 'konpro.addWebhookEndpoint({ body: { url: "https://example.com", events: ["^"] } });';
    expect(completions(body)).toContain("avatar_video.success");
    expect(completions('konpro.GET("^");')).toEqual(["/v1/webhook/endpoint.list"]);
    expect(completions("konpro.deleteWebhookEndpoint({ params: { query: { ^ } } });")).toEqual(["endpoint_id"]);
  });
});

describe("errors are reported at their place:", () => {
  /** One error each, in a call of a method and in the style of `GET`. */
  test.each([
    ["another query parameter", "endpoint", '{ params: { query: { endpoint: "a" } } }', "'endpoint' does not exist"],
    ["a query parameter of another type", "endpoint_id", "{ params: { query: { endpoint_id: 1 } } }", "'number'"],
    ["no parameters", "{}", "{}", "'params' is missing"],
    ["no query", "params", "{ params: {} }", "'query' is missing"],
    ["a misspelt option", "timeOut", "{ timeOut: 1, params: { query: { endpoint_id: 'a' } } }", "write 'timeout'"],
    ["an option of another type", "timeout", "{ timeout: '1 s', params: { query: { endpoint_id: 'a' } } }", "'string'"],
  ])("%s", (_, at, init, says) => {
    const expected = [{ at, says: expect.stringContaining(says) }];
    expect(errors(`konpro.deleteWebhookEndpoint(${init});`)).toEqual(expected);
    expect(errors(`konpro.DELETE("/v1/webhook/endpoint.delete", ${init});`)).toEqual(expected);
    expect(errors(`konpro.request("delete", "/v1/webhook/endpoint.delete", ${init});`)).toEqual(expected);
  });

  test.each([
    ["a body's field", "urll", 'konpro.addWebhookEndpoint({ body: { urll: "a" } });', "Did you mean to write 'url'?"],
    ["an item of a body", "1", 'konpro.addWebhookEndpoint({ body: { url: "a", events: [1] } });', "'number'"],
    ["no argument", "deleteWebhookEndpoint", "konpro.deleteWebhookEndpoint();", "Expected 1 arguments, but got 0."],
    ["another path", '"/v1/endpoints"', 'konpro.GET("/v1/endpoints");', '"/v1/webhook/endpoint.list"'],
    ["a method", "listWebhookEndpoint", "konpro.listWebhookEndpoint();", "Did you mean 'listWebhookEndpoints'?"],
    ["a property of a response", "staus", "endpoints[0]?.staus;", "Did you mean 'status'?"],
    ["a member of GET's response", "staus", "result.data?.data[0]?.staus;", "Did you mean 'status'?"],
    ["an option of the client", "key", 'createKonProClient({ key: "a" });', "'key' does not exist"],
  ])("%s", (_, at, line, says) => {
    expect(errors(line)).toEqual([{ at, says: expect.stringContaining(says) }]);
  });
});
