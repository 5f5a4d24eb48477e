// Random contracts in the supported subset: the generator's output is correct for each.
// `SEED=… npm run test:project -- scripts proof` tries others; the test's name contains the seed.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { parse } from "yaml";
import { main as generate } from "../../../scripts/generate.js";
import { copyLoader } from "../../support/second-copy.js";
import { compile } from "./compiler.js";
import { type Content, type Contract, contracts, type Media, type Operation, type Schema } from "./contracts.js";
import { changed, containsSecret, type Init, initsOf, validValues, verdictOf } from "./values.js";
import { meaningsOf, readBack, textsOf } from "./wire.js";

const seed = Number(process.env.SEED ?? 1);
const numRuns = Number(process.env.RUNS ?? 12);
const KEY = "test-key-0000";
let count = 0;

test(`${numRuns} contracts of seed ${seed}`, { timeout: 900_000 }, async () => {
  await mkdir(".cache", { recursive: true }); // here, imports can resolve node_modules
  const folder = await mkdtemp(".cache/proof-");
  onTestFinished(() => rm(folder, { recursive: true }));
  vi.spyOn(console, "log").mockImplementation(() => {});
  const holds = fc.asyncProperty(contracts, async (contract) => {
    const generated = await generateFrom(contract, `${folder}/${count++}`);
    expect(new Set(generated.secretMembers)).toEqual(secretsOf(contract));
    validatorsAgree(contract, generated);
    for (const operation of contract.operations) {
      const inits = initsOf(operation, contract.schemas, seed);
      for (const init of inits) await requestMatchesInput(contract, operation, generated, init);
      await parametersAreChecked(contract, operation, generated, inits[0]);
      await mockResponds(contract, operation, generated, inits[0]);
    }
    await writeFile(`${generated.folder}/use.ts`, userOf(contract));
    expect(compile(generated.folder)).toEqual([]);
  });
  // Shrinking stops early enough for its result to be shown.
  await fc.assert(holds, { seed, numRuns, interruptAfterTimeLimit: 600_000, markInterruptAsFailure: true });
});

/** Everything that is generated from a contract. */
async function generateFrom({ text }: Contract, folder: string) {
  await mkdir(folder);
  await writeFile(`${folder}/spec.yaml`, text);
  const errors = vi.spyOn(console, "error").mockImplementation(() => {});
  const code = await generate(["--spec", `${folder}/spec.yaml`, "--out", folder]);
  expect(code, errors.mock.lastCall?.join()).toBe(0);
  const load = copyLoader((code) => runInThisContext(code), folder);
  return {
    folder,
    ...(load(resolve("src/client.ts")) as typeof import("../../../src/client.js")),
    ...(load(resolve("src/testing.ts")) as typeof import("../../../src/testing.js")),
    ...(load(resolve(folder, "operations.ts")) as typeof import("../../../generated/operations.js")),
    ...(load(resolve(folder, "validators.js")) as typeof import("../../../generated/validators.js")),
    ...(load(resolve(folder, "requests.js")) as typeof import("../../../generated/requests.js")),
  };
}

type Generated = Awaited<ReturnType<typeof generateFrom>>;

/** A program that makes every call, and one that the compiler has to reject if something is required. */
function userOf({ schemas, operations }: Contract): string {
  const calls = operations.flatMap((operation) => {
    const { operationId: id, parameters, requestBody } = operation;
    const isRequired = requestBody?.required || parameters.some(({ required }) => required);
    const call = (init: unknown) => `  await konpro[${JSON.stringify(id)}](${JSON.stringify(init) ?? ""});`;
    const rejected = isRequired ? ["  // @ts-expect-error something is missing"] : [];
    return [...initsOf(operation, schemas, seed).map(call), ...rejected, call(undefined)];
  });
  const bodies = operations.flatMap(({ method, path, responses }) =>
    Object.entries(responses).flatMap(([status, response]) => {
      const type = [path, method, "responses", status, "content", "application/json"].map((name) => `["${name}"]`);
      return examplesOf(response).map(([, value]) => `  ${JSON.stringify(value)} satisfies paths${type.join("")},`);
    }),
  );
  return `import type { KonProClient, paths } from "src/index.js";
export type Paths = paths;
export async function use(konpro: KonProClient) {\n${calls.join("\n")}\n}
export const bodies: unknown[] = [\n${bodies.join("\n")}\n];
`;
}

const schemaOf = ({ content }: { content?: Content<Media> }) => content?.["application/json"].schema;

const examplesOf = ({ content }: { content?: Content<Media> }) =>
  Object.entries(content?.["application/json"].examples ?? {}).map(([name, { value }]) => [name, value] as const);

/** Names of members that contain a password. */
function secretsOf({ schemas, text }: Contract): Set<string> {
  const found = new Set<string>();
  JSON.stringify(parse(text), (key, value) => {
    if (["example", "examples"].includes(key)) return undefined;
    const members = Object.entries<Schema>(value?.properties ?? {});
    for (const [name, member] of members) if (containsSecret(member, schemas)) found.add(name);
    return value;
  });
  return found;
}

/** The validators of responses, bodies and events agree with another implementation, on valid values and on similar ones. */
function validatorsAgree({ schemas, operations, event }: Contract, { validators, requests, events }: Generated): void {
  const agree = (check: ((value: unknown) => boolean) | null | undefined, schema: Schema | undefined) => {
    if (!schema) return expect(check ?? null).toBeNull();
    const verdict = verdictOf(schema, schemas);
    for (const value of fc.sample(validValues(schema, schemas), { seed, numRuns: 4 })) {
      expect(verdict(value), `the test's own value ${JSON.stringify(value)}`).toBe(true);
      for (const other of [value, ...fc.sample(changed(value), { seed, numRuns: 20 })]) {
        const what = `${JSON.stringify(other)} for ${JSON.stringify(schema)}`;
        expect(`${check?.(structuredClone(other))}: ${what}`).toBe(`${verdict(other)}: ${what}`);
      }
    }
  };
  const checks = new Map(Object.entries(requests));
  for (const { operationId, method, path, requestBody = {}, responses } of operations) {
    const all = validators[`${method.toUpperCase()} ${path}`];
    for (const [status, response] of Object.entries(responses)) agree(all?.[status], schemaOf(response));
    agree(checks.get(operationId)?.body?.check, schemaOf(requestBody));
  }
  agree(events.thingEvent, event);
}

/** Calls the operation's method against the mock; returns the request and the outcome. */
async function call({ createKonProClient, createMockApi }: Generated, name: string, init: Init) {
  let request: Request | undefined;
  const api = createMockApi();
  const fetch = (sent: Request) => {
    request = sent.clone();
    return api.fetch(sent);
  };
  const client = createKonProClient({ apiKey: KEY, maxRetries: 0, fetch });
  const [{ status, ...end }] = await Promise.allSettled([Reflect.get(client, name)(init)]);
  return { request, status, value: Reflect.get(end, "value"), reason: Reflect.get(end, "reason") };
}

async function requestMatchesInput({ server }: Contract, operation: Operation, generated: Generated, init: Init) {
  const { request, status, reason } = await call(generated, operation.operationId, init);
  if (!request || status === "rejected") throw reason;
  const sent = readBack(operation, server, request);
  for (const { name, in: place } of operation.parameters) {
    expect(sent[place].get(name) ?? [], `${place} ${name}`).toEqual(textsOf(init.params[place]?.[name]));
  }
  expect(request.method).toBe(operation.method.toUpperCase());
  expect(request.headers.get("x-things-key")).toBe(operation.security ? null : KEY);
  expect(request.headers.get("content-type")).toBe("body" in init ? "application/json" : null);
  expect(await request.text()).toBe("body" in init ? JSON.stringify(init.body) : "");
}

const WRONG = ["x", "7", -1, 1.5, true, ""];

/** The mock rejects a parameter if and only if no meaning of its text is valid. */
async function parametersAreChecked(
  { schemas, server }: Contract,
  operation: Operation,
  generated: Generated,
  init: Init,
) {
  for (const { in: place, name, schema, required } of operation.parameters) {
    const verdict = verdictOf(schema, schemas);
    for (const value of place === "query" ? [...WRONG, ["x", "x"], [1]] : WRONG) {
      const params = { ...init.params, [place]: { ...init.params[place], [name]: value } };
      const { request, status } = await call(generated, operation.operationId, { ...init, params });
      if (!request) continue; // rejected by the client
      const texts = readBack(operation, server, request)[place].get(name) ?? [];
      const isValid = texts.length === 0 ? !required : meaningsOf(texts, schema.type === "array").some(verdict);
      expect(status, `${place} ${name}: ${JSON.stringify(value)}`).toBe(isValid ? "fulfilled" : "rejected");
    }
  }
}

/** A status for which only this response is declared. */
const statusFor = (key: string, responses: object) =>
  Number((key === "default" ? ["4XX", "5XX"].find((range) => !(range in responses)) : key)?.replace("XX", "99"));

/** By default, the mock returns a valid body; and each example of each response is returned unchanged. */
async function mockResponds({ schemas }: Contract, operation: Operation, generated: Generated, init: Init) {
  const { operationId, method, path, responses } = operation;
  const { status, value } = await call(generated, operationId, init);
  const [, okResponse = {}] = Object.entries(responses).find(([key]) => key.startsWith("2")) ?? [];
  const schema = schemaOf(okResponse);
  expect(status).toBe("fulfilled");
  expect(schema ? verdictOf(schema, schemas)(value) : value === undefined).toBe(true);
  for (const [key, response] of Object.entries(responses)) {
    const status = statusFor(key, responses);
    const replies = examplesOf(response).map(([example, value]) => [{ status, example }, value] as const);
    for (const [reply, value] of replies.length > 0 ? replies : [[{ status }, undefined] as const]) {
      if (Number.isNaN(status)) continue;
      const api = generated.createMockApi();
      Reflect.apply(api.reply, api, [operationId, reply]);
      const client = generated.createKonProClient({ apiKey: KEY, maxRetries: 0, fetch: api.fetch });
      const { response, data, error } = await Reflect.apply(client.request, client, [method, path, init]);
      expect(response.status).toBe(status);
      if (status < 300) expect(data).toEqual(value);
      else expect(error).toEqual(value || expect.anything());
    }
  }
}
