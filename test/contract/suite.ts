import { KonProApiError } from "konpro-client";
import { describe, expect, test } from "vitest";
import type { Contract, ContractOperation } from "../../scripts/contract.js";

/** What the suite needs of a client, whichever contract it was made from. */
type Method = (init: object) => Promise<unknown>;
type Client = object & {
  request(method: string, path: string, init: object): Promise<{ data?: unknown; error?: unknown }>;
};

/** For each operation, each response and each named example: what the mock sends is what the user gets. */
export function contractSuite(contract: Contract, client: () => Client): void {
  describe.each(contract.operations)("$id", (operation) => {
    const cases = examplesOf(contract, operation);

    test("has examples", () => expect(cases).not.toHaveLength(0));

    test.each(cases)("$declared $name", async ({ status, prefer, value }) => {
      const init = { ...inputOf(contract, operation), headers: { Prefer: prefer }, maxRetries: 0 };
      const konpro = client();
      const method = Reflect.get(konpro, operation.id) as Method; // the suite knows no operation by its type
      const outcome = await method(init).catch((error: unknown) => error);
      const result = await konpro.request(operation.method, operation.path, init);

      if (status < 300) {
        expect(outcome).toEqual(value);
        expect(result.data).toEqual(value);
        return;
      }
      expect(result.error).toEqual(value);
      expect(outcome).toBeInstanceOf(KonProApiError);
      expect(outcome).toMatchObject({ name: "KonProApiError", status, ...errorFields(value) });
    });
  });
}

interface Example {
  /** The response as it stands in the contract: a status, a range or `default`. */
  declared: string;
  name: string;
  status: number;
  /** Asks the mock for this response. */
  prefer: string;
  value: unknown;
}

function examplesOf({ document }: Contract, { method, path, bodyless }: ContractOperation): Example[] {
  const responses = Object.entries(at(document, ["paths", path, method, "responses"], document));
  const declared = responses.map(([status]) => status);
  return responses.flatMap(([key, response]): Example[] => {
    // `default` and ranges are reached by a status that is not declared itself.
    const status = [Number(key), ...(key === "default" ? [418] : range(key))].find(
      (candidate) => candidate >= 100 && (String(candidate) === key || !declared.includes(String(candidate))),
    );
    if (status === undefined) throw new Error(`${path}: no status leads to the response ${key}`);
    if (bodyless.includes(key))
      return [{ declared: key, name: "", status, prefer: `code=${status}`, value: undefined }];
    const examples = Object.entries(at(response, ["content", "application/json", "examples"], document));
    return examples.map(([name, example]) => ({
      declared: key,
      name,
      status,
      prefer: `code=${status}, example=${name}`,
      value: at(example, ["value"], document),
    }));
  });
}

const range = (key: string) => Array.from({ length: 100 }, (_, index) => Number(`${key[0]}00`) + index);

/** A request that fits the contract, made of the examples of its parameters and body. */
function inputOf({ document }: Contract, { method, path }: ContractOperation): object {
  const item = at(document, ["paths", path], document);
  const operation = at(item, [method], document);
  const params: Record<string, Record<string, unknown>> = {};
  for (const owner of [item, operation]) {
    for (const reference of Object.values(at(owner, ["parameters"], document))) {
      const parameter = at(reference, [], document);
      const { in: place, name, schema, example } = Object(parameter);
      const value = example ?? Object.values(at(schema, ["examples"], document))[0];
      if (value !== undefined) params[place] = { ...params[place], [name]: value };
    }
  }
  const content = Object.values(at(operation, ["requestBody", "content"], document))[0];
  const body = Object.values(at(content, ["examples"], document))[0];
  return { params, ...(body === undefined ? {} : { body: at(body, ["value"], document) }) };
}

/** The fields a user reads from an error whose body is the published one. */
function errorFields(body: unknown): object {
  const { error, request_id: requestId } = Object(body);
  const { code, message, details } = Object(error);
  return { code, requestId, details, message: expect.stringContaining(message) };
}

/** What stands at a path of the document, references followed; an empty object where nothing does. */
function at(value: unknown, path: string[], document: object): object {
  const target = Object(value);
  const { $ref } = target;
  if (typeof $ref === "string") {
    const pointer = $ref
      .slice(2)
      .split("/")
      .map((part) => decodeURIComponent(part).replace(/~1/g, "/").replace(/~0/g, "~"));
    return at(document, [...pointer, ...path], document);
  }
  const [next, ...rest] = path;
  return next === undefined ? target : at(target[next], rest, document);
}
