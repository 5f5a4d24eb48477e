// Contracts that nobody wrote, within the language: for each, what the generator makes of it is right.
// `SEED=… npm run test:project -- scripts proof` tries others; the seed is in the name of the test.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { parse } from "yaml";
import { main as generate } from "../../../scripts/generate.js";
import { copyLoader } from "../../support/second-copy.js";
import { compile } from "./compiler.js";
import { type Contract, contracts, type Operation, type Parameter, type Schema, type Schemas } from "./contracts.js";
import { changed, fitting, holdsSecret, verdictOf } from "./values.js";
import { meaningsOf, readBack, textsOf } from "./wire.js";

const seed = Number(process.env.SEED ?? 1);
const numRuns = Number(process.env.RUNS ?? 25);
const KEY = "test-key-0000";
let count = 0;

test(`${numRuns} contracts of seed ${seed}`, { timeout: 900_000 }, async () => {
  const folder = await mkdtemp(".cache/proof-");
  onTestFinished(() => rm(folder, { recursive: true }));
  vi.spyOn(console, "log").mockImplementation(() => {});
  const holds = fc.asyncProperty(contracts, async (contract) => {
    const made = await make(contract, `${folder}/${count++}`);
    expect(new Set(made.secretMembers)).toEqual(secretsOf(contract));
    checksAgree(contract, made);
    for (const operation of contract.operations) {
      const inits = [true, false].flatMap((isWhole) => initsOf(operation, contract.schemas, isWhole));
      await requestsAreRight(contract, operation, made, inits);
      await mockChecksParameters(contract, operation, made, inits);
      await mockAnswers(contract, operation, made, inits);
    }
    await writeFile(`${made.folder}/use.ts`, userOf(contract));
    expect(compile(made.folder)).toEqual([]);
  });
  // Shrinking ends in time for its result to be shown.
  await fc.assert(holds, { seed, numRuns, interruptAfterTimeLimit: 600_000, markInterruptAsFailure: true });
});

/** Everything that is made from a contract. */
async function make({ text }: Contract, folder: string) {
  await mkdir(folder);
  await writeFile(`${folder}/spec.yaml`, text);
  const refusal = vi.spyOn(console, "error").mockImplementation(() => {});
  const code = await generate(["--spec", `${folder}/spec.yaml`, "--out", folder]);
  expect(code, refusal.mock.lastCall?.join()).toBe(0);
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

type Made = Awaited<ReturnType<typeof make>>;

/** A program that makes every call, and one that the compiler has to refuse where something is required. */
function userOf({ schemas, operations }: Contract): string {
  const lines = operations.flatMap(({ id, ...operation }) => {
    const calls = [true, false]
      .flatMap((isWhole) => initsOf({ id, ...operation }, schemas, isWhole))
      .map((init) => `  await konpro.${id}(${JSON.stringify(init)});`);
    const isRequired = operation.body?.required || operation.parameters.some(({ required }) => required);
    return [...calls, ...(isRequired ? ["  // @ts-expect-error something is missing"] : []), `  await konpro.${id}();`];
  });
  const bodies = operations.flatMap(({ method, path, responses }) =>
    responses.flatMap(([status, media]) =>
      Object.values(media?.examples ?? {}).map(
        (value) =>
          `  ${JSON.stringify(value)} satisfies paths[${JSON.stringify(path)}]["${method}"]["responses"]["${status}"]["content"]["application/json"],`,
      ),
    ),
  );
  return `import type { KonProClient, paths } from "src/index.js";
export async function use(konpro: KonProClient) {\n${lines.join("\n")}\n}
export type Paths = paths;
export const bodies: unknown[] = [\n${bodies.join("\n")}\n];
`;
}

/** Names of members that hold a password. */
function secretsOf({ schemas, text }: Contract): Set<string> {
  const found = new Set<string>();
  JSON.stringify(parse(text), (key, value) => {
    if (["example", "examples"].includes(key)) return undefined;
    const members = Object.entries<Schema>(value?.properties ?? {});
    for (const [name, member] of members) if (holdsSecret(member, schemas)) found.add(name);
    return value;
  });
  return found;
}

/** The checks of responses, bodies and events agree with another implementation, on values that fit and on those beside them. */
function checksAgree({ schemas, operations, event }: Contract, made: Made): void {
  const agree = (validate: ((value: unknown) => boolean) | null | undefined, schema: Schema) => {
    const verdict = verdictOf(schema, schemas);
    for (const value of fc.sample(fitting(schema, schemas), { seed, numRuns: 4 })) {
      expect(verdict(value), `the test's own value ${JSON.stringify(value)}`).toBe(true);
      for (const other of [value, ...fc.sample(changed(value), { seed, numRuns: 20 })]) {
        const [own, theirs] = [validate?.(other), verdict(other)];
        if (own !== theirs)
          throw new Error(`${own}, not ${theirs}: ${JSON.stringify(other)} for ${JSON.stringify(schema)}`);
      }
    }
  };
  for (const { id, method, path, body, responses } of operations) {
    const checks = made.validators[`${method.toUpperCase()} ${path}`];
    for (const [status, media] of responses) if (media) agree(checks?.[status], media.schema);
    if (body) agree(new Map(Object.entries(made.requests)).get(id)?.body?.check, body.schema);
  }
  agree(made.events.thingEvent, event);
}

type Init = { params: Record<string, Record<string, unknown>>; body?: unknown };

/** A path has no empty step, a header is ASCII without spaces around it, and what is required is there. */
function canBeSent({ in: place, required }: Parameter, value: unknown): boolean {
  const [text] = textsOf(value);
  if (place === "query" || text === undefined) return text !== undefined || !required;
  return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text) && text !== "." && text !== "..";
}

/** What a call can be given: all that there is, or only what is required. */
function initsOf({ parameters, body }: Operation, schemas: Schemas, isWhole: boolean): Init[] {
  const used = parameters.filter(({ required }) => isWhole || required);
  const places = [...new Set(used.map((parameter) => parameter.in))].map((place) => {
    const some = used.filter((parameter) => parameter.in === place);
    const values = some.map((parameter) => {
      const value = fitting(parameter.schema, schemas).filter((value) => canBeSent(parameter, value));
      return [parameter.name, value] as const;
    });
    return [place, fc.record(Object.fromEntries(values))] as const;
  });
  const params = fc.record(Object.fromEntries(places));
  const sent = body && (isWhole || body.required) ? { body: fitting(body.schema, schemas) } : {};
  return fc.sample(fc.record<Init>({ params, ...sent }), { seed, numRuns: 2 });
}

/** Calls the operation's method against the mock; gives what went out, and how the call ended. */
async function call({ createKonProClient, createMockApi }: Made, name: string, init: Init) {
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

/** What is sent says what was given. */
async function requestsAreRight({ server }: Contract, operation: Operation, made: Made, inits: Init[]): Promise<void> {
  const { id, method, parameters, isKeyless } = operation;
  for (const init of inits) {
    const { request, status, reason } = await call(made, id, init);
    if (!request || status === "rejected") throw reason;
    const sent = readBack(operation, server, request);
    for (const { name, in: place } of parameters) {
      const given = new Map(Object.entries(init.params[place] ?? {})).get(name);
      expect(sent[place].get(name) ?? [], `${place} ${name}`).toEqual(textsOf(given));
    }
    expect(request.method).toBe(method.toUpperCase());
    expect(request.headers.get("x-things-key")).toBe(isKeyless ? null : KEY);
    expect(request.headers.get("content-type")).toBe("body" in init ? "application/json" : null);
    expect(await request.text()).toBe("body" in init ? JSON.stringify(init.body) : "");
  }
}

const WRONG = ["x", "7", -1, 1.5, true, ""];

/** The mock refuses a parameter if and only if nothing that its text can mean fits. */
async function mockChecksParameters(
  { schemas, server }: Contract,
  operation: Operation,
  made: Made,
  inits: Init[],
): Promise<void> {
  const [init = { params: {} }] = inits;
  for (const { in: place, name, schema, required } of operation.parameters) {
    const verdict = verdictOf(schema, schemas);
    for (const value of place === "query" ? [...WRONG, ["x", "x"], [1]] : WRONG) {
      const params = { ...init.params, [place]: { ...init.params[place], [name]: value } };
      const { request, status } = await call(made, operation.id, { ...init, params });
      if (!request) continue; // the client refuses it
      const texts = readBack(operation, server, request)[place].get(name) ?? [];
      const fits = texts.length === 0 ? !required : meaningsOf(schema, schemas, texts).some(verdict);
      expect(status, `${place} ${name}: ${JSON.stringify(value)}`).toBe(fits ? "fulfilled" : "rejected");
    }
  }
}

/** A status that only this response is for. */
const statusFor = (key: string, { responses }: Operation): number => {
  const known = responses.map(([status]) => status);
  const range = key === "default" ? ["4XX", "5XX"].find((range) => !known.includes(range)) : key;
  return Number(range?.replace("XX", "99"));
};

/** Each example of each response comes back as it was written, and by itself the mock gives one that fits. */
async function mockAnswers({ schemas }: Contract, operation: Operation, made: Made, inits: Init[]): Promise<void> {
  const { id, responses } = operation;
  const [init = { params: {} }] = inits;
  const { status, value } = await call(made, id, init);
  const success = responses.find(([key]) => key.startsWith("2"))?.[1];
  expect(status).toBe("fulfilled");
  expect(success ? verdictOf(success.schema, schemas)(value) : value === undefined).toBe(true);
  for (const [key, media] of responses) {
    const status = statusFor(key, operation);
    if (Number.isNaN(status)) continue;
    for (const [example, value] of Object.entries(media?.examples ?? { none: undefined })) {
      const api = made.createMockApi();
      Reflect.apply(api.reply, api, [id, media ? { status, example } : { status }]);
      const client = made.createKonProClient({ apiKey: KEY, maxRetries: 0, fetch: api.fetch });
      const { response, data, error } = await Reflect.apply(client.request, client, [
        operation.method,
        operation.path,
        init,
      ]);
      expect(response.status).toBe(status);
      if (status < 300) expect(data).toEqual(value);
      else expect(error).toEqual(value || expect.anything());
    }
  }
}
