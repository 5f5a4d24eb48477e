// What the mock answers: the contract's examples, or what a test gives.
import { examples } from "../generated/examples.js";
import { type Operations, operations } from "../generated/operations.js";
import { BODYLESS, isSuccess, responseKey } from "./declared.js";
import { isOperation } from "./mock-requests.js";
import { escapeName } from "./pointer.js";

/** An answer, all its parts found. */
export interface Plan {
  delay: number;
  respond: () => Response;
}

/** What an answer may hold, whatever the operation. */
interface AnyAnswer {
  status?: number | undefined;
  example?: string | undefined;
  body?: unknown;
  headers?: Readonly<Record<string, string>> | undefined;
  failure?: unknown;
  delay?: number | undefined;
}

const MEMBERS = ["status", "example", "body", "headers", "failure", "delay"];

/** @throws TypeError for an answer that the contract or the mock does not have */
export function plan(id: string, answer: AnyAnswer): Plan {
  if (!isOperation(id)) {
    throw new TypeError(`"${id}" is no operation of the contract: it has ${list(Object.keys(operations))}.`);
  }
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) {
    throw new TypeError(`${id}: give each answer as an object of its own, such as { status: 503 }.`);
  }
  const unknown = Object.keys(answer).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw new TypeError(`${id}: an answer has no "${unknown}": it has ${list(MEMBERS)}.`);
  const { delay = 0, failure } = answer;
  if (!(delay >= 0)) throw new TypeError(`${id}: delay is ${delay}; it must be a number of milliseconds from 0.`);
  if (failure !== undefined) {
    return {
      delay,
      respond() {
        throw failure;
      },
    };
  }
  const { status, mediaType, text } = content(id, answer);
  const headers = new Headers(mediaType === undefined ? {} : { "content-type": mediaType });
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value);
  return { delay, respond: () => new Response(text, { status, headers }) };
}

/** The status and body that an answer means, as far as the contract has to tell. */
function content(id: keyof Operations, { status, example, body }: AnyAnswer) {
  const declared = Object.entries(examples[id]);
  const isMeant = ([key, response]: (typeof declared)[number]) => {
    if (status !== undefined) return key === responseKey(examples[id], status);
    return example === undefined ? isSuccess(examples[id], key) : Object.hasOwn(response.examples, example);
  };
  const found = declared.find(isMeant);
  if (!found) {
    const all = declared.flatMap(([, response]) => Object.keys(response.examples));
    if (status === undefined && example !== undefined) throw unknownExample(id, example, all);
    const keys = declared.map(([key]) => key);
    throw new TypeError(`${id} has no response with status ${status ?? "2XX"}: it has ${list(keys)}.`);
  }
  const [key, { mediaType, examples: own }] = found;
  // A range begins with its first digit; `default` has none, but may be the only success.
  const first = key.replace("XX", "00").replace("default", isSuccess(examples[id], key) ? "200" : "NaN");
  const actual = status ?? Number(first);
  if (Number.isNaN(actual)) throw new TypeError(`${id}: "${example}" is for any error: give its status too.`);
  if (mediaType === undefined || BODYLESS.includes(actual)) return { status: actual, text: null };
  if (operations[id].method === "head") return { status: actual, mediaType, text: null };
  const value = body === undefined ? pickExample(id, key, own, example) : body;
  const asItIs = value instanceof Blob || (typeof value === "string" && !mediaType.includes("json"));
  const text = asItIs ? value : JSON.stringify(value);
  return { status: actual, mediaType, text };
}

function pickExample(id: keyof Operations, key: string, own: Readonly<Record<string, unknown>>, example?: string) {
  const names = Object.keys(own);
  const [name = noExample(id, key)] = example === undefined || names.length === 0 ? names : [example];
  if (!Object.hasOwn(own, name)) throw unknownExample(`${id} ${key}`, name, names);
  return own[name];
}

function noExample(id: keyof Operations, key: string): never {
  const { method, path } = operations[id];
  const pointer = ["paths", path, method, "responses", key].map((name) => `/${escapeName(name)}`).join("");
  const reply = `api.reply("${id}", { ${isSuccess(examples[id], key) ? "" : "status: …, "}body: … })`;
  throw new TypeError(
    `${id} ${key} has no example, and none can be made from its schema: give a body, ${reply}, or add an example to the contract, at #${pointer}.`,
  );
}

const unknownExample = (where: string, name: string, known: string[]) =>
  new TypeError(`${where} has no example "${name}": it has ${list(known)}.`);

const list = (names: string[]) => names.join(", ");

/** What a timer can wait for; anything longer is for ever. */
const LONGEST = 2_147_483_647;

/** Waits so many milliseconds; ends early with the reason of the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms === 0) return;
  await new Promise<void>((resolve, reject) => {
    const timer = ms <= LONGEST ? setTimeout(resolve, ms) : undefined;
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
