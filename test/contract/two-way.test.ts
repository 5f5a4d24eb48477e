// Both ways: the mock accepts what the client sends, and any valid body that the mock makes up reaches the user unchanged.
import { createKonProClient } from "konpro-client";
import { describe, expect, inject, test } from "vitest";
import { readContract } from "../../scripts/contract/read.js";
import { findViolation } from "../../src/check-response.js";
import { inputOf } from "./inputs.js";

const contract = await readContract("openapi.yaml");
const apiKey = "test-key-0000";
type Request = (method: string, path: string, init: object) => Promise<{ data?: unknown; response: Response }>;

describe.each(contract.operations)("$id", (operation) => {
  const { method, path, keyless } = operation;
  const input = inputOf(contract, operation, true);

  test("without a key, the mock refuses it, unless the contract asks for none", async () => {
    const { status } = await fetch(inject("mock") + path, { method: method.toUpperCase() });
    expect(status === 401).toBe(!keyless);
  });

  // Without its path parameters, the client does not send it at all.
  const params = Object.keys(input.params).filter((part) => part !== "path");
  const needed = [...params, ...("body" in input ? ["body"] : [])];
  test.each(needed)("without its %s, the client does not send it, and the mock would refuse it", async (part) => {
    const { [part]: _, ...params } = input.params;
    const body = part === "body" ? undefined : input.body;
    const { request } = createKonProClient({ apiKey, baseUrl: inject("mock") });
    // The compiler would refuse it, too.
    const call = (request as Request)(method, path, { params, ...(body !== undefined && { body }) });
    await expect(call).rejects.toThrow(new RegExp(`needs .*\\b${part}\\b`));
    const query = new URLSearchParams(Object(params.query));
    const { status } = await fetch(`${inject("mock")}${path}?${query}`, {
      method: method.toUpperCase(),
      headers: { [contract.keyHeader]: apiKey, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect([400, 422]).toContain(status);
  });

  test("random valid bodies arrive unchanged and pass the checks", async () => {
    const seen: string[] = [];
    const konpro = createKonProClient({ apiKey, baseUrl: inject("dynamicMock"), maxRetries: 0 });
    konpro.use({ onResponse: async ({ response }) => void seen.push(await response.clone().text()) });
    for (let round = 0; round < 20; round++) {
      const { data, response } = await (konpro.request as Request)(method, path, input);
      const text = seen.at(-1);
      expect(data).toEqual(text ? JSON.parse(text) : undefined);
      if (text) expect(findViolation(method.toUpperCase(), path, response.status, data)).toBeUndefined();
    }
  });
});
