import { writeFile } from "node:fs/promises";
import { runInThisContext } from "node:vm";
import { KonProApiError, KonProResponseError, redactSecrets } from "konpro-client";
import { describe, expect, test } from "vitest";
import { main as generate } from "../../scripts/generate.js";
import { connectTo, failureOf, KEY } from "../support/client.js";
import { expectClean, SECRET } from "../support/leaks.js";
import { loadCopy } from "../support/second-copy.js";

const escaped = (text: string) => JSON.stringify(text).slice(1, -1);

/** How languages and tools print an object with a `secret`. */
const PRINTED: Record<string, string> = {
  "a Python dict": `{'secret': '${SECRET}', 'url': None}`,
  "a Python dataclass": `Endpoint(url='u', secret='${SECRET}')`,
  "a pydantic error": `1 validation error\nsecret\n  Input should be an integer [input_value='${SECRET}', input_type=str]`,
  "a Ruby hash": `{:secret=>"${SECRET}"}`,
  "a Ruby 3.4 hash": `{secret: "${SECRET}"}`,
  "a Ruby object": `#<Endpoint:0x01 @secret="${SECRET}">`,
  "Node's inspect": `{ secret: '${SECRET}' }`,
  JSON: `{"secret":"${SECRET}"}`,
  "JSON with a quote in the value": `{"secret":"a\\"${SECRET}"}`,
  "escaped JSON": escaped(`{"secret":"${SECRET}"}`),
  "a query string": `url=u&secret=${SECRET}&events=`,
  "an assignment": `secret=${SECRET}`,
  YAML: `url: u\nsecret: ${SECRET}`,
  SQL: `UPDATE t SET "secret" = '${SECRET}'`,
  "a Postgres error": `Key (secret)=(${SECRET}) already exists`,
  XML: `<secret>${SECRET}</secret>`,
  "PHP's print_r": `Array ( [secret] => ${SECRET} )`,
  "PHP's var_dump": `["secret"]=> string(15) "${SECRET}"`,
  "a Go struct": `{Secret:${SECRET} URL:u}`,
  "a Java object": `Endpoint{secret=${SECRET}}`,
  "a C# record": `Endpoint { Secret = ${SECRET} }`,
  "an Elixir map": `%{secret: "${SECRET}"}`,
  "a header": `X-Webhook-Secret: ${SECRET}`,
  "an environment variable": `WEBHOOK_SECRET=${SECRET}`,
  "camel case": `webhookSecret ${SECRET}`,
  "letters apart": `s-e_c r.e.t ${SECRET}`,
  "the value first": `${SECRET} is no secret that fits`,
};

/** Where a server may put a sentence. */
const SENTENCES: Record<string, (text: string) => string> = {
  "the published message": (text) => JSON.stringify({ error: { code: "BROKEN", message: text }, request_id: "r1" }),
  "a flat message": (text) => JSON.stringify({ code: "BROKEN", message: text }),
  "error as text": (text) => JSON.stringify({ error: text }),
  "a title": (text) => JSON.stringify({ title: text, detail: "Look there." }),
  "a detail": (text) => JSON.stringify({ title: "Broken", detail: text }),
  "FastAPI's list": (text) => JSON.stringify({ detail: [{ loc: ["body"], msg: text }] }),
  "the code": (text) => JSON.stringify({ error: { code: text, message: "No." } }),
  "the request's identifier": (text) => JSON.stringify({ error: { message: "No." }, request_id: text }),
};

/** The error of a call whose answer has this status and body. */
const failureAfter = (body: string, status = 400) =>
  failureOf(
    connectTo("https://api.example", { maxRetries: 0, fetch: async () => new Response(body, { status }) }).method(),
  );

describe("a sentence of the server's that names a credential is left out whole", () => {
  const cases = Object.entries(PRINTED).map(([form, text]) => ({ form, text }));
  test.each(cases)("$form", async ({ text }) => {
    for (const write of Object.values(SENTENCES)) {
      const error = await failureAfter(write(`Cannot save ${text}.`));
      expect(error).toBeInstanceOf(KonProApiError);
      expectClean(error);
      expect(error.message).not.toMatch(/Cannot save/);
    }
  });

  test("and the message says where it is", async () => {
    const error = await failureAfter(JSON.stringify({ error: { code: "BROKEN", message: `secret=${SECRET}` } }));
    expect(error.message).toMatch(/400 BROKEN: .*left out.*error\.body/);
    expect(error).toMatchObject({ body: { error: { message: `secret=${SECRET}` } } });
  });

  test("FastAPI's places are part of the sentence, and so is a status line", async () => {
    const misfit = { loc: ["body", "secret"], msg: `${SECRET} is too short`, input: SECRET };
    expectClean(await failureAfter(JSON.stringify({ detail: [{ loc: ["body"], msg: "no" }, misfit] })));
    const fetch = async () => new Response(null, { status: 500, statusText: `secret=${SECRET}` });
    expectClean(await failureOf(connectTo("https://api.example", { maxRetries: 0, fetch }).method()));
  });

  test("a sentence that names none is shown", async () => {
    const error = await failureAfter(JSON.stringify({ error: { message: "The url is no secure one." } }));
    expect(error.message).toContain("The url is no secure one.");
  });

  test("whatever the contract calls the credential", async () => {
    const spec = `openapi: 3.1.0
info: { title: Pins, version: 1.0.0, license: { name: MIT, identifier: MIT } }
servers: [{ url: https://api.example }]
security: [{ key: [] }]
paths:
  /pins:
    get:
      operationId: listThings
      summary: List pins
      responses:
        "200":
          description: The pins.
          content:
            application/json:
              schema: { type: object, properties: { "pin(": { type: string, format: password } } }
              example: { "pin(": "0000" }
        "401":
          description: No.
          content:
            application/json:
              schema: { type: object, properties: { error: { type: object, properties: { code: { type: string } } } } }
              example: { error: { code: BROKEN } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: x-key } } }
`;
    await writeFile(".cache/pins.yaml", spec);
    expect(await generate(["--spec", ".cache/pins.yaml", "--out", ".cache/pins"])).toBe(0);
    const pins = loadCopy((code) => runInThisContext(code), ".cache/pins");
    const fail = (message: string) => {
      const fetch = async () => Response.json({ message }, { status: 400 });
      const client: object = pins.createKonProClient({ apiKey: KEY, fetch });
      return failureOf(Reflect.get(client, "listThings")());
    };
    expect((await fail(`pin(= ${SECRET}`)).message).not.toContain(SECRET);
    expect((await fail("secret, but not by this contract")).message).toContain("secret, but not by this contract");
  });
});

test.each<[string, unknown]>([
  ["by its name", { secret: SECRET }],
  ["in another case", { Secret: SECRET, SECRET }],
  ["with another name", { secret_key: SECRET, webhookSecret: SECRET, signing: SECRET }],
  ["in lists", [[{ secret: [SECRET, { current: SECRET }] }]]],
  ["as a misfit's input", [{ loc: ["secret"], input: SECRET }]],
  ["as a name", { [SECRET]: true }],
  ["as text", `{'secret': '${SECRET}'}`],
])("details show no secret: %s", async (_, details) => {
  for (const body of [{ error: { code: "C", message: "No.", details } }, { details }, { detail: details }, details]) {
    if (body === details && typeof details === "string") continue;
    expectClean(await failureAfter(JSON.stringify(body)));
  }
});

test.each([
  ["text", `secret ${SECRET}`],
  ["a JSON text", JSON.stringify(SECRET)],
  ["HTML", `<p>${SECRET}`],
  ["JSON that ends early", `{"data":[{"secret":"${SECRET}"`],
  ["JSON that goes on", `{"secret":"${SECRET}"} trailing`],
  ["JSON broken at the secret", `{"secret":"${SECRET}`],
  ["JSON broken before the secret", `{"data":[{"a":oops,"secret":"${SECRET}"}]}`],
  ["the secret alone", SECRET],
])("a body that is no JSON object is never quoted: %s", async (_, body) => {
  for (const status of [400, 500]) expectClean(await failureAfter(body, status));
  if (body.startsWith('"')) return; // JSON after all
  const error = await failureAfter(body, 200);
  expect(error).toBeInstanceOf(KonProResponseError);
  expect(error).not.toHaveProperty("cause");
  expectClean(error);
});
test("a secret shows in nothing that redactSecrets returns", () => {
  expectClean(redactSecrets([{ secret: SECRET, endpoint_id: "webhook_1" }]));
});
