// For each operation, each response and each named example: what the mock sends is what the user gets.
import { createKonProClient } from "konpro-client";
import { describe, expect, inject, test } from "vitest";
import { examplesOf, responsesOf } from "../../scripts/contract/document.js";
import { type ContractOperation, readContract } from "../../scripts/contract/read.js";
import { inputOf } from "./inputs.js";

/** What these tests need of a client: the types of the operations are not known here. */
type Method = (init: object) => Promise<unknown>;
type Request = (
  method: string,
  path: string,
  init: object,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

const contract = await readContract("openapi.yaml");
const konpro = createKonProClient({ apiKey: "test-key-0000", baseUrl: inject("mock") });
const request = konpro.request as Request;

describe.each(contract.operations)("$id", (operation) => {
  const { id, method, path } = operation;
  const cases = responsesTo(operation);

  test("has examples", () => expect(cases).not.toHaveLength(0));

  test("works with no more than what is required", async () => {
    const { error, response } = await request(method, path, inputOf(contract, operation, true));
    expect({ error, ok: response.ok }).toEqual({ ok: true });
  });

  test.each(cases)("$declared $name", async ({ status, prefer, value }) => {
    const init = { ...inputOf(contract, operation), headers: { Prefer: prefer }, maxRetries: 0 };
    const outcome = await (Reflect.get(konpro, id) as Method)(init).catch((error: unknown) => error);
    const result = await request(method, path, init);
    if (status < 300) {
      expect([outcome, result.data]).toEqual([value, value]);
      return;
    }
    expect(result.error).toEqual(value);
    const { name, code, requestId, details, message, status: got } = Object(outcome);
    expect({ name, status: got, code, requestId, details }).toEqual({
      name: "KonProApiError",
      status,
      ...errorFields(value),
    });
    for (const text of sentences(value)) expect(message).toContain(text);
  });
});

interface Example {
  /** The response as it stands in the contract: a status, a range or `default`. */
  declared: string;
  name: string;
  status: number;
  /** Asks the mock for this response. */
  prefer: string;
  value: unknown;
}

function responsesTo(operation: ContractOperation): Example[] {
  const responses = responsesOf(contract, operation);
  const declared = responses.map(({ status }) => status);
  return responses.flatMap(({ status: key, media }): Example[] => {
    // `default` and ranges are reached by a status that is not declared itself.
    const status = [Number(key), ...(key === "default" ? [418] : range(key))].find(
      (candidate) => candidate >= 100 && (String(candidate) === key || !declared.includes(String(candidate))),
    );
    if (status === undefined) throw new Error(`${operation.path}: no status leads to the response ${key}`);
    const response = { declared: key, name: "", status, prefer: `code=${status}`, value: undefined };
    if (operation.bodies[key] === false) return [response];
    return examplesOf(contract.document, media).map(({ name, value }) => {
      return { ...response, name, value, prefer: `${response.prefer}, example=${name}` };
    });
  });
}

const range = (key: string) => Array.from({ length: 100 }, (_, index) => Number(`${key[0]}00`) + index);

/** The fields a user reads from an error whose body is the published one, or FastAPI's. */
function errorFields(body: unknown): object {
  const { error, request_id: requestId, detail } = Object(body);
  const { code, details = detail } = Object(error);
  return { code, requestId, details };
}

/** The sentences for people in such a body. */
function sentences(body: unknown): string[] {
  const { error, detail = [] } = Object(body);
  const { message } = Object(error);
  return [message, ...detail.map(({ msg }: { msg: string }) => msg)].flatMap((text) => text?.replace(/\.$/, "") ?? []);
}
