// What the mock responds with: the contract's examples, or what a test gives.
import { examples } from "../generated/examples.js";
import { type Operations, operations } from "../generated/operations.js";
import { responseKey } from "./declared.js";
import { isOperation } from "./mock-requests.js";

/** A response, ready to be made. */
export interface Plan {
  delay: number;
  respond: () => Response;
}

/** What a response may hold, whatever the operation. */
interface AnyResponse {
  status?: number | undefined;
  example?: string | undefined;
  body?: unknown;
  headers?: Readonly<Record<string, string>> | undefined;
  failure?: unknown;
  delay?: number | undefined;
}

const MEMBERS = ["status", "example", "body", "headers", "failure", "delay"];

/** @throws TypeError for an operation or a response that the contract or the mock does not have */
export function plansOf(id: string, responses: AnyResponse[]): Plan[] {
  if (isOperation(id)) return responses.map((response) => plan(id, response));
  throw new TypeError(`"${id}" is not an operation of the contract, which has ${list(Object.keys(operations))}.`);
}

export function plan(id: keyof Operations, response: AnyResponse): Plan {
  if (typeof response !== "object" || response === null || Array.isArray(response)) {
    throw new TypeError(`${id}: give each response as an object of its own, such as { status: 503 }.`);
  }
  const unknown = Object.keys(response).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw new TypeError(`${id}: a response has no "${unknown}": it has ${list(MEMBERS)}.`);
  const { delay = 0, failure, headers, status: wanted = 200 } = response;
  if (!(Number.isInteger(wanted) && wanted >= 200 && wanted <= 599)) {
    throw new TypeError(`${id}: status is ${wanted}; it must be a whole number from 200 to 599.`);
  }
  if (!(delay >= 0)) throw new TypeError(`${id}: delay is ${delay}; it must be a number of milliseconds from 0.`);
  if (failure !== undefined) {
    return {
      delay,
      respond() {
        throw failure;
      },
    };
  }
  const { status, text } = content(id, response);
  const all = new Headers(text === null ? {} : { "content-type": "application/json" });
  for (const [name, value] of Object.entries(headers ?? {})) all.set(name, value);
  return { delay, respond: () => new Response(text, { status, headers: all }) };
}

/** Statuses that HTTP sends without a body: a range such as `2XX` may hold for them, too. */
const BODYLESS = [204, 205];

/** The status and body of a response: as given, and else from the contract. */
function content(
  id: keyof Operations,
  { status, example, body }: AnyResponse,
): { status: number; text: string | null } {
  const declared = Object.entries(examples[id]);
  const found = declared.find(([key, { examples: named }]) => {
    if (status !== undefined) return key === responseKey(examples[id], status);
    return example === undefined ? key.startsWith("2") : Object.hasOwn(named, example);
  });
  if (!found) {
    if (status === undefined)
      throw unknownExample(
        id,
        example,
        declared.flatMap(([, { examples }]) => Object.keys(examples)),
      );
    throw new TypeError(`${id} has no response with status ${status}: it has ${list(declared.map(([key]) => key))}.`);
  }
  const [key, { mediaType, examples: named }] = found;
  const actual = status ?? Number(key.replace("XX", "00")); // a range begins with its hundred
  if (Number.isNaN(actual))
    throw new TypeError(
      `${id}: example "${example}" is of several statuses: give one, such as { status: 400, example: "${example}" }.`,
    );
  if (mediaType === undefined || BODYLESS.includes(actual)) return { status: actual, text: null };
  const names = Object.keys(named);
  const [name = ""] = example === undefined ? names : [example];
  if (!Object.hasOwn(named, name)) throw unknownExample(`${id} ${key}`, name, names);
  return { status: actual, text: JSON.stringify(body === undefined ? named[name] : body) };
}

const unknownExample = (where: string, name: string | undefined, known: string[]) =>
  new TypeError(`${where} has no example "${name}": it has ${list(known)}.`);

const list = (names: string[]) => names.join(", ");

/** The longest time that a timer can wait; anything longer never ends. */
const LONGEST = 2_147_483_647;

/** Waits so many milliseconds; rejects with the signal's reason when it aborts. */
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
