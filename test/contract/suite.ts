import { describe, expect, test } from "vitest";
import type { Contract, ContractOperation } from "../../scripts/contract/read.js";

/** What the suite needs of a client, whichever contract it was made from. */
type Method = (init: object) => Promise<unknown>;
type Client = object & {
  request(
    method: string,
    path: string,
    init: object,
  ): Promise<{ data?: unknown; error?: unknown; response: { ok: boolean } }>;
};

/** For each operation, each response and each named example: what the mock sends is what the user gets. */
export function contractSuite(contract: Contract, client: () => Client): void {
  describe.each(contract.operations)("$id", (operation) => {
    const cases = examplesOf(contract, operation);

    test("has examples", () => expect(cases).not.toHaveLength(0));

    test("works with no more than what is required", async () => {
      const { request } = client();
      const { error, response } = await request(operation.method, operation.path, inputOf(contract, operation, true));
      expect({ error, ok: response.ok }).toEqual({ ok: true });
    });

    test.each(cases)("$declared $name", async ({ status, prefer, value }) => {
      const init = { ...inputOf(contract, operation), headers: { Prefer: prefer }, maxRetries: 0 };
      const konpro = client();
      const method = Reflect.get(konpro, operation.id) as Method; // the suite knows no operation by its type
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

function examplesOf({ document }: Contract, { method, path, bodies }: ContractOperation): Example[] {
  const responses = Object.entries(at(document, ["paths", path, method, "responses"], document));
  const declared = responses.map(([status]) => status);
  return responses.flatMap(([key, response]): Example[] => {
    // `default` and ranges are reached by a status that is not declared itself.
    const status = [Number(key), ...(key === "default" ? [418] : range(key))].find(
      (candidate) => candidate >= 100 && (String(candidate) === key || !declared.includes(String(candidate))),
    );
    if (status === undefined) throw new Error(`${path}: no status leads to the response ${key}`);
    if (bodies[key] === false) return [{ declared: key, name: "", status, prefer: `code=${status}`, value: undefined }];
    const [media] = Object.values(at(response, ["content"], document));
    const examples = Object.entries(at(media, ["examples"], document));
    return examples.map(([name, example]) => ({
      declared: key,
      name,
      status,
      prefer: `code=${status}, example=${name}`,
      value: at(example, ["value"], document).valueOf(),
    }));
  });
}

const range = (key: string) => Array.from({ length: 100 }, (_, index) => Number(`${key[0]}00`) + index);

/** A request that fits the contract, made of the examples of its parameters and body. */
export function inputOf({ document }: Contract, { method, path }: ContractOperation, requiredOnly = false) {
  const item = at(document, ["paths", path], document);
  const operation = at(item, [method], document);
  const params: Record<string, Record<string, unknown>> = {};
  for (const owner of [item, operation]) {
    for (const reference of Object.values(at(owner, ["parameters"], document))) {
      const { in: place, name, schema, example, required } = Object(at(reference, [], document));
      const value = example ?? Object.values(at(schema, ["examples"], document))[0];
      if (value !== undefined && (required || !requiredOnly)) params[place] = { ...params[place], [name]: value };
    }
  }
  const { required, content } = Object(at(operation, ["requestBody"], document));
  const [media] = Object.values(Object(content));
  if (media === undefined || (requiredOnly && !required)) return { params };
  return { params, body: at(Object.values(at(media, ["examples"], document))[0], ["value"], document) };
}

/** The fields a user reads from an error whose body is the published one, or FastAPI's. */
function errorFields(body: unknown): object {
  const { error, request_id: requestId, detail } = Object(body);
  const { code, details = detail } = Object(error);
  return { code, requestId, details };
}

/** What such a body says for people. */
function sentences(body: unknown): string[] {
  const { error, detail = [] } = Object(body);
  const { message } = Object(error);
  return [message, ...detail.map(({ msg }: { msg: string }) => msg)].flatMap((text) => text?.replace(/\.$/, "") ?? []);
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
