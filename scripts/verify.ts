// Asks the real API what can be asked without harm, and says where its answers are not what the contract promises.
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createKonProClient, KonProError } from "../src/index.js";
import { escapeName } from "../src/pointer.js";
import { redactor } from "../src/redaction.js";
import { responseKey } from "../src/responses.js";
import { findViolations, type Violation } from "../src/violations.js";
import { type Contract, type ContractOperation, readContract } from "./contract.js";
import { isJson, locate, lookUp, type Place, responsesOf } from "./responses.js";
import { orUsage } from "./usage.js";

/** What was seen of one operation: names and places, never a value of an answer. */
export interface Finding {
  operation: string;
  method: string;
  path: string;
  /** After `not asked`, nothing is known of what a success looks like. */
  verdict: "conforms" | "violates" | "not asked";
  /** Why it counts as not asked. */
  reason?: string;
  /** Null when no answer came. */
  status: number | null;
  /** Milliseconds to the last byte. */
  latency: number;
  violations: Violation[];
  /** What came beyond the contract, which is no violation. In a pointer, `*` is any item of a list. */
  undocumented: { members: string[]; headers: string[] };
}

export interface Report {
  contract: string;
  date: string;
  verdict: "conforms" | "violates" | "could not ask";
  operations: Finding[];
  /** Operations left alone, as they need parameters or may change something. */
  left: string[];
}

/** What is used of the client; its own types take the paths of the contract it was made from, and no others. */
interface Caller {
  request(method: string, path: string, init: object): Promise<{ response: Response }>;
}

/**
 * Makes one call of each operation that can be called without parameters and without harm.
 *
 * @param tell - is given each finding when it is there
 */
export async function verify(
  contract: Contract,
  client: Caller,
  tell: (finding: Finding) => void = () => {},
): Promise<Report> {
  const safe = contract.operations.filter((operation) => isSafe(contract, operation));
  const operations: Finding[] = [];
  // One by one: limits count per minute.
  for (const operation of safe) {
    const finding = await ask(contract, operation, client);
    tell(finding);
    operations.push(finding);
  }
  return {
    contract: contract.document.info?.version ?? "",
    date: new Date().toISOString(),
    verdict: overall(operations.map(({ verdict }) => verdict)),
    operations,
    left: contract.operations.filter((operation) => !safe.includes(operation)).map(({ id }) => id),
  };
}

function overall(verdicts: Finding["verdict"][]): Report["verdict"] {
  if (verdicts.includes("violates")) return "violates";
  return verdicts.includes("not asked") || verdicts.length === 0 ? "could not ask" : "conforms";
}

function isSafe({ document }: Contract, { method, path }: ContractOperation): boolean {
  const owners = [
    ["paths", path],
    ["paths", path, method],
  ];
  return method === "get" && !owners.some((owner) => hasRequired(document, [...owner, "parameters"]));
}

function hasRequired(document: object, pointer: string[]): boolean {
  const parameters = locate(document, pointer);
  return Object.keys(parameters.value).some(
    (index) => Reflect.get(locate(document, [...parameters.pointer, index]).value, "required") === true,
  );
}

/** Error statuses that say the call was in vain, not that something is wrong with the API. */
const REASONS: Record<number, string> = {
  401: "the key is not accepted",
  403: "the key may not do this",
  429: "the rate limit is used up",
};

async function ask(contract: Contract, operation: ContractOperation, client: Caller): Promise<Finding> {
  const { id, path } = operation;
  const method = operation.method.toUpperCase();
  let text = "";
  // The client parses what it is given; here, the raw text matters. A body cut short is the client's to report.
  const keepText = {
    onResponse: async ({ response }: { response: Response }) => {
      text = await response
        .clone()
        .text()
        .catch(() => "");
    },
  };
  const begin = performance.now();
  const latency = () => Math.round(performance.now() - begin);
  const finding = { operation: id, method, path, violations: [], undocumented: { members: [], headers: [] } };
  try {
    const { response } = await client.request(operation.method, path, {
      parseAs: "text",
      middleware: [keepText],
      maxRetries: 0,
    });
    const seen = { status: response.status, latency: latency(), ...inspect(contract, operation, response, text) };
    if (seen.violations.length > 0) return { ...finding, verdict: "violates", ...seen };
    if (response.ok) return { ...finding, verdict: "conforms", ...seen };
    const reason = REASONS[response.status] ?? "an error, as the contract describes it";
    return { ...finding, verdict: "not asked", reason, ...seen };
  } catch (error) {
    if (!(error instanceof KonProError)) throw error;
    return { ...finding, verdict: "not asked", reason: error.message, status: null, latency: latency() };
  }
}

function inspect(contract: Contract, operation: ContractOperation, { status, headers }: Response, text: string) {
  const body = parse(text);
  const violations = findViolations(operation.method.toUpperCase(), operation.path, status, body);
  const responses = responsesOf(contract, operation);
  const key = responseKey(Object.fromEntries(responses.map((response) => [response.status, true])), status);
  const declared = responses.find((response) => response.status === key);
  const type = declared?.mediaType;
  if (type && isJson(type) && !isJson(headers.get("content-type") ?? "")) {
    violations.push({ pointer: "", message: `must have the content type ${type}` });
  }
  const schema = declared ? [[...declared.media.pointer, "schema"]] : [];
  const known = ["content-type", ...(declared?.headers ?? []).map((name) => name.toLowerCase())];
  return {
    violations,
    undocumented: {
      members: [...new Set(unknownMembers(contract.document, schema, body))],
      headers: [...headers.keys()].filter((name) => !known.includes(name)),
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Members that no schema at these pointers knows, at any depth. An object without listed members is free to have any. */
function unknownMembers(document: object, pointers: string[][], value: unknown, at = ""): string[] {
  const schemas = pointers.flatMap((pointer) => combined(document, pointer));
  /** The schemas' own schema for what is found under a keyword. */
  const under = (...path: string[]) =>
    schemas.map(({ pointer }) => [...pointer, ...path]).filter((pointer) => isObject(lookUp(document, pointer)));

  if (Array.isArray(value)) {
    return value.flatMap((item) => unknownMembers(document, under("items"), item, `${at}/*`));
  }
  if (!isObject(value) || under("properties").length === 0) return [];
  const rest = under("additionalProperties");
  return Object.entries(value).flatMap(([name, member]) => {
    const place = `${at}/${escapeName(name)}`;
    const known = under("properties", name);
    if (known.length === 0 && rest.length === 0) return [place];
    return unknownMembers(document, known.length > 0 ? known : rest, member, place);
  });
}

const isObject = (value: unknown) => typeof value === "object" && value !== null;

/** A schema and those that it combines, references followed. */
function combined(document: object, pointer: string[], seen = new Set<object>()): Place[] {
  const place = locate(document, pointer);
  if (seen.has(place.value)) return [];
  seen.add(place.value);
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((word) =>
    Object.keys(Object(Reflect.get(place.value, word))).map((index) => [...place.pointer, word, index]),
  );
  return [place, ...parts.flatMap((part) => combined(document, part, seen))];
}

const USAGE = `Usage: npm run verify [-- --json] [-- --timeout MS]
  --json        print a report in JSON
  --timeout MS  how long to wait for each answer (default: 30000)
KONPRO_API_KEY has the key; KONPRO_BASE_URL, if set, is asked instead of the server in openapi.yaml.
Exit code: 0 conforms, 1 violations, 2 could not ask.`;

const EXIT_CODES: Record<Report["verdict"], number> = { conforms: 0, violates: 1, "could not ask": 2 };

/** The program: prints, and gives its exit code. */
export async function main(args: string[]): Promise<number> {
  const ready = await orUsage(USAGE, async () => {
    const { json, timeout } = parseArgs({
      args,
      options: { json: { type: "boolean", default: false }, timeout: { type: "string", default: "30000" } },
    }).values;
    const contract = await readContract("openapi.yaml");
    return { json, contract, client: createKonProClient({ timeout: Number(timeout) }) };
  });
  if (!ready) return 2;
  const { json, contract, client } = ready;
  // A server may put the key anywhere, even into a name.
  const { text: clean } = redactor([process.env.KONPRO_API_KEY?.trim() ?? ""]);
  const print = (text: string) => console.log(clean(text));
  const report = await verify(contract, client, json ? undefined : (finding) => print(describe(finding)));
  print(json ? JSON.stringify(report, null, 2) : summary(report));
  return EXIT_CODES[report.verdict];
}

function describe({ operation, method, path, ...finding }: Finding): string {
  const { status, verdict, reason, latency, violations, undocumented } = finding;
  const lines = [
    `${operation} (${method} ${path}): ${status ?? "no answer"}, ${verdict}, ${latency} ms${reason ? `: ${reason}` : ""}`,
    ...violations.map(({ pointer, message }) => `  violation: ${pointer || "the answer"} ${message}`),
    ...undocumented.members.map((pointer) => `  undocumented member: ${pointer}`),
    ...undocumented.headers.map((name) => `  undocumented header: ${name}`),
  ];
  return lines.join("\n");
}

function summary({ contract, verdict, operations, left }: Report): string {
  const note =
    left.length > 0 ? ` Left alone, as they need parameters or may change something: ${left.join(", ")}.` : "";
  return `Contract ${contract}, ${operations.length} operation(s): ${verdict}.${note}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = await main(process.argv.slice(2));
}
