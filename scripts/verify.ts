// Makes the harmless calls to the real API, and says where its answers break the contract.
import { parseArgs } from "node:util";
import type { Validate } from "../generated/validators.js";
import type { Checks } from "../src/check-response.js";
import { KeyMask } from "../src/masking.js";
import { compileChecks } from "./contract/checks.js";
import { operationKey, parametersOf } from "./contract/document.js";
import { type Contract, type ContractOperation, readContract } from "./contract/read.js";
import { isProgram, orUsage } from "./usage.js";
import { type Api, ask } from "./verify/ask.js";
import { type Comparison, compare } from "./verify/compare.js";

const USAGE = `Usage: npm run verify [-- --spec FILE] [-- --timeout MS]
  --spec FILE   the OpenAPI 3.1 description to judge by (default: openapi.yaml)
  --timeout MS  how long to wait for each answer (default: 30000)
KONPRO_API_KEY has the key; KONPRO_BASE_URL, if set, is asked instead of the server in the description.
Prints a report that begins with the verdict and has no value of an answer.
Exit code: 0 conforms, 1 violates or not found, 2 could not ask or wrong usage.`;

/** What was seen of one operation. */
export interface Finding extends Comparison {
  operation: ContractOperation;
  verdict: "conforms" | "violates" | "not found" | "not asked";
  /** Null if no answer came. */
  status: number | null;
  /** Why there was no success to judge. */
  reason?: string;
  /** Milliseconds to the last byte. */
  latency: number;
}

export interface Report {
  verdict: "conforms" | "violates" | "not found" | "could not ask";
  findings: Finding[];
  /** Operations that need parameters or may change something. */
  left: ContractOperation[];
}

/** Calls each operation once that needs no parameters and changes nothing. */
export async function verify(contract: Contract, api: Api): Promise<Report> {
  const checks = checksOf(contract);
  const left = contract.operations.filter((operation) => !isSafe(contract, operation));
  const findings: Finding[] = [];
  // One by one: limits count per minute.
  for (const operation of contract.operations) {
    if (!left.includes(operation)) findings.push(await judge(contract, checks, operation, api));
  }
  const verdicts = findings.map(({ verdict }) => verdict);
  const found = (["violates", "not found"] as const).find((verdict) => verdicts.includes(verdict));
  const conforms = verdicts.length > 0 && !verdicts.includes("not asked");
  return { verdict: found ?? (conforms ? "conforms" : "could not ask"), findings, left };
}

/** Checks made from the contract itself: those in generated/ may be older. */
function checksOf(contract: Contract): Checks {
  const { ajv, schemas } = compileChecks(contract);
  const checkOf = (id: string | null) => {
    const check: unknown = id && ajv.getSchema(id);
    return isCheck(check) ? check : null;
  };
  const rows = [...schemas].map(([operation, responses]) => {
    const cells = [...responses].map(([status, id]) => [status, checkOf(id)] as const);
    return [operation, Object.fromEntries(cells)] as const;
  });
  return Object.fromEntries(rows);
}

const isCheck = (check: unknown): check is Validate => typeof check === "function";

const isSafe = (contract: Contract, operation: ContractOperation) =>
  operation.method === "get" &&
  !parametersOf(contract, operation).some(({ value }) => Reflect.get(value, "required") === true);

/** Error statuses that say nothing about the API, with why. */
const REASONS: Record<number, string> = {
  401: "the key is not accepted",
  403: "the key may not do this",
  404: "the operation may not exist",
  429: "the rate limit is used up",
};

async function judge(contract: Contract, checks: Checks, operation: ContractOperation, api: Api): Promise<Finding> {
  const begin = performance.now();
  const answer = await ask(api, operation);
  const latency = Math.round(performance.now() - begin);
  if (typeof answer === "string") {
    const nothing = { violations: [], undocumented: { members: [], headers: [] } };
    return { operation, verdict: "not asked", status: null, reason: answer, latency, ...nothing };
  }
  const { status } = answer;
  const finding = { operation, status, latency, ...compare(contract, checks, operation, answer) };
  if (status === 404) return { ...finding, verdict: "not found", reason: REASONS[404] ?? "" };
  if (finding.violations.length > 0) return { ...finding, verdict: "violates" };
  if (status < 300) return { ...finding, verdict: "conforms" };
  return { ...finding, verdict: "not asked", reason: REASONS[status] ?? "an error, as the contract describes it" };
}

const EXIT_CODES: Record<Report["verdict"], number> = { conforms: 0, violates: 1, "not found": 1, "could not ask": 2 };

/** Prints the report, and gives the exit code. */
export async function main(args: string[]): Promise<number> {
  const ready = await orUsage(USAGE, () => readArguments(args));
  if (!ready) return 2;
  const { contract, api } = ready;
  const report = await verify(contract, api);
  const mask = new KeyMask(); // a server may put the key anywhere, even into a name
  mask.add(api.key);
  for (const line of describe(contract, api, report)) console.log(mask.text(line));
  return EXIT_CODES[report.verdict];
}

async function readArguments(args: string[]): Promise<{ contract: Contract; api: Api }> {
  const { spec, timeout } = parseArgs({
    args,
    options: { spec: { type: "string", default: "openapi.yaml" }, timeout: { type: "string", default: "30000" } },
  }).values;
  const { KONPRO_API_KEY: key = "", KONPRO_BASE_URL: otherUrl } = process.env;
  if (!/^[1-9]\d{0,8}$/.test(timeout)) throw new Error(`--timeout is ${timeout}; it must be a number of milliseconds`);
  if (!key.trim()) throw new Error("KONPRO_API_KEY is not set: it must have the API key");
  const contract = await readContract(spec);
  const baseUrl = (otherUrl || contract.server).replace(/\/+$/, "");
  if (!/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(:|\/|$))/.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new Error("The server's URL must begin with https://, or the key could be read on the way");
  }
  return { contract, api: { baseUrl, keyHeader: contract.keyHeader, key: key.trim(), timeout: Number(timeout) } };
}

function describe({ document }: Contract, { baseUrl }: Api, { verdict, findings, left }: Report): string[] {
  const names = left.map(({ id }) => id).join(", ");
  return [
    `verdict: ${verdict}`,
    `Contract ${document.info?.version}, asked of ${new URL(baseUrl).host} on ${new Date().toISOString()}`,
    ...findings.flatMap(describeFinding),
    ...(names ? [`Not called, as they need parameters or may change something: ${names}`] : []),
  ];
}

function describeFinding({ operation, status, verdict, reason, latency, violations, undocumented }: Finding): string[] {
  const outcome = `${status ?? "no answer"}, ${verdict}, ${latency} ms${reason ? `: ${reason}` : ""}`;
  return [
    `${operation.id} (${operationKey(operation)}): ${outcome}`,
    ...violations.map(({ pointer, message }) => `  violation: ${pointer || "the answer"} ${message}`),
    ...undocumented.members.map((pointer) => `  undocumented member: ${pointer}`),
    ...undocumented.headers.map((name) => `  undocumented header: ${name}`),
  ];
}

if (isProgram(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
