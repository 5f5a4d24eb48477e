import { KonProApiError, KonProResponseError, redactSecrets } from "konpro-client";
import { expect, test } from "vitest";
import { connectTo, failureOf } from "../support/client.js";
import { expectClean, SECRET } from "../support/leaks.js";

/** The error of a call whose response has this status and body. */
const failureAfter = (body: string, status = 400) =>
  failureOf(
    connectTo("https://api.example", { maxRetries: 0, fetch: async () => new Response(body, { status }) }).method(),
  );

test("a sentence that names a credential is shown: it says what to correct", async () => {
  const message = "secret must have 16 characters";
  const error = await failureAfter(JSON.stringify({ error: { code: "BROKEN", message } }));
  expect(error).toBeInstanceOf(KonProApiError);
  expect(error.message).toContain(message);
});

test.each<[string, unknown]>([
  ["by its name", { secret: SECRET }],
  ["as a misfit's input", [{ loc: ["secret"], input: SECRET }]],
  ["as a name", { [SECRET]: true }],
  ["as text", `{'secret': '${SECRET}'}`],
])("details show no secret: %s", async (_, details) => {
  const bodies = [{ error: { code: "C", message: "No.", details } }, { details }];
  for (const body of bodies) expectClean(await failureAfter(JSON.stringify(body)));
  if (typeof details === "object") expectClean(await failureAfter(JSON.stringify({ detail: details })));
});

test.each([
  ["text", `secret ${SECRET}`],
  ["a JSON text", JSON.stringify(SECRET)],
  ["HTML", `<p>${SECRET}`],
  ["JSON that ends early", `{"data":[{"secret":"${SECRET}"`],
  ["JSON that goes on", `{"secret":"${SECRET}"} trailing`],
  ["JSON broken before the secret", `{"data":[{"a":oops,"secret":"${SECRET}"}]}`],
])("a body that is not a JSON object is never quoted: %s", async (_, body) => {
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
