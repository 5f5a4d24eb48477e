import { describe, expect, test } from "vitest";
import { children, examplesOf, locate, parametersOf, responsesOf } from "../../scripts/contract/document.js";
import type { Contract, ContractOperation } from "../../scripts/contract/read.js";

/** What these tests need of a client, whichever contract it was made from. */
type Method = (init: object) => Promise<unknown>;
type Client = object & {
  request(
    method: string,
    path: string,
    init: object,
  ): Promise<{ data?: unknown; error?: unknown; response: { ok: boolean } }>;
};

/** For each operation, each response and each named example: what the mock sends is what the user gets. */
export function testEveryAnswer(contract: Contract, client: () => Client): void {
  describe.each(contract.operations)("$id", (operation) => {
    const cases = answersOf(contract, operation);

    test("has examples", () => expect(cases).not.toHaveLength(0));

    test("works with no more than what is required", async () => {
      const { request } = client();
      const { error, response } = await request(operation.method, operation.path, inputOf(contract, operation, true));
      expect({ error, ok: response.ok }).toEqual({ ok: true });
    });

    test.each(cases)("$declared $name", async ({ status, prefer, value }) => {
      const init = { ...inputOf(contract, operation), headers: { Prefer: prefer }, maxRetries: 0 };
      const konpro = client();
      const method = Reflect.get(konpro, operation.id) as Method; // the types of the operations are not known here
      const outcome = await method(init).catch((error: unknown) => error);
      const result = await konpro.request(operation.method, operation.path, init);

      if (status < 300) {
        expect(await textOf(outcome)).toEqual(value);
        expect(await textOf(result.data)).toEqual(value);
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
}

const textOf = (body: unknown) => (body instanceof Blob ? body.text() : body);

interface Example {
  /** The response as it stands in the contract: a status, a range or `default`. */
  declared: string;
  name: string;
  status: number;
  /** Asks the mock for this response. */
  prefer: string;
  value: unknown;
}

function answersOf(contract: Contract, operation: ContractOperation): Example[] {
  const responses = responsesOf(contract, operation);
  const declared = responses.map(({ status }) => status);
  return responses.flatMap(({ status: key, media }): Example[] => {
    // `default` and ranges are reached by a status that is not declared itself.
    const status = [Number(key), ...(key === "default" ? [418] : range(key))].find(
      (candidate) => candidate >= 100 && (String(candidate) === key || !declared.includes(String(candidate))),
    );
    if (status === undefined) throw new Error(`${operation.path}: no status leads to the response ${key}`);
    const answer = { declared: key, name: "", status, prefer: `code=${status}`, value: undefined };
    if (operation.bodies[key] === false) return [answer];
    return examplesOf(contract.document, media).map(({ name, value }) => {
      return { ...answer, name, value, prefer: `${answer.prefer}, example=${name}` };
    });
  });
}

const range = (key: string) => Array.from({ length: 100 }, (_, index) => Number(`${key[0]}00`) + index);

/** A request that fits the contract, made of the examples of its parameters and body. */
export function inputOf(contract: Contract, operation: ContractOperation, requiredOnly = false) {
  const { document } = contract;
  const params: Record<string, Record<string, unknown>> = {};
  for (const { pointer, value: parameter } of parametersOf(contract, operation)) {
    const { in: place, name, example, required } = Object(parameter);
    const { examples = [] } = Object(locate(document, [...pointer, "schema"]).value);
    const value = example ?? examples[0];
    if (value !== undefined && (required || !requiredOnly)) params[place] = { ...params[place], [name]: value };
  }
  const body = locate(document, ["paths", operation.path, operation.method, "requestBody"]);
  const [media] = children(document, body, "content");
  if (!media || (requiredOnly && Reflect.get(body.value, "required") !== true)) return { params };
  return { params, body: examplesOf(document, media[1])[0]?.value };
}

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
