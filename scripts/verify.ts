// Makes the harmless calls to the real API, and says where its responses break the contract.
import { parseArgs } from "node:util";
import type { Validate } from "../generated/validators.js";
import type { Checks } from "../src/check-response.js";
import { createKonProClient } from "../src/client.js";
import { escapeName } from "../src/pointer.js";
import { compileChecks } from "./contract/checks.js";
import { operationKey, parametersOf } from "./contract/document.js";
import { type Contract, type ContractOperation, readContract } from "./contract/read.js";
import { program, start } from "./program.js";
import { type Api, ask } from "./verify/ask.js";
import { type Comparison, compare } from "./verify/compare.js";

const USAGE = `Usage: npm run verify [-- --spec FILE] [-- --timeout MS]
  --spec FILE   the OpenAPI 3.1 description to judge by (default: openapi.yaml)
  --timeout MS  how long to wait for each response (default: 30000)
Set KONPRO_API_KEY to the API key. Set KONPRO_BASE_URL to call another server than that of the description.
Prints a report: the verdict first, and never a value from a response.
Exit code: 0 conforms, 1 violates or not found, 2 could not ask or wrong usage.`;

/** What was seen of one operation. */
export interface Finding extends Comparison {
  operation: ContractOperation;
  verdict: "conforms" | "violates" | "not found" | "not asked";
  /** Null if no response came. */
  status: number | null;
  /** Why there was no 2xx response to judge. */
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

/** Statuses that say nothing about a 2xx response, whatever their body, and why. */
const REASONS: Record<number, string> = {
  401: "the key is not accepted",
  403: "the key may not do this",
  404: "the operation may not exist",
  405: "the operation may not exist",
  429: "the rate limit is used up",
};

async function judge(contract: Contract, checks: Checks, operation: ContractOperation, api: Api): Promise<Finding> {
  const begin = performance.now();
  const response = await ask(api, operation);
  const latency = Math.round(performance.now() - begin);
  if (typeof response === "string") {
    const nothing = { violations: [], undocumented: { members: [], headers: [] } };
    return { operation, verdict: "not asked", status: null, reason: response, latency, ...nothing };
  }
  const { status } = response;
  const finding = { operation, status, latency, ...compare(contract, checks, operation, response) };
  const reason = REASONS[status];
  if (reason) return { ...finding, verdict: status === 404 || status === 405 ? "not found" : "not asked", reason };
  if (finding.violations.length > 0) return { ...finding, verdict: "violates" };
  if (status < 300) return { ...finding, verdict: "conforms" };
  return { ...finding, verdict: "not asked", reason: "an error, as the contract describes it" };
}

const EXIT_CODES: Record<Report["verdict"], number> = { conforms: 0, violates: 1, "not found": 1, "could not ask": 2 };

export const main = program(USAGE, readArguments, async ({ contract, api }) => {
  const report = await verify(contract, api);
  for (const line of describe(contract, api, report)) console.log(shown(line, api.key));
  return EXIT_CODES[report.verdict];
});

/**
 * A line with names that a server made up: one that may hold the key, or characters that end the line, hide a part of it or
 * turn it round.
 */
const shown = (line: string, key: string) =>
  [key, escapeName(key)]
    .reduce((masked, secret) => masked.replaceAll(secret, "[redacted]"), line)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

async function readArguments(args: string[]): Promise<{ contract: Contract; api: Api }> {
  const { spec, timeout } = parseArgs({
    args,
    options: { spec: { type: "string", default: "openapi.yaml" }, timeout: { type: "string", default: "30000" } },
  }).values;
  const { KONPRO_API_KEY: key = "", KONPRO_BASE_URL: otherUrl } = process.env;
  if (!/^[1-9]\d{0,8}$/.test(timeout)) throw new Error(`--timeout is ${timeout}; it must be a number of milliseconds`);
  if (!key.trim()) throw new Error("KONPRO_API_KEY is not set: it must have the API key");
  const contract = await readContract(spec);
  createKonProClient(); // refuses a key or a KONPRO_BASE_URL that cannot be used
  const baseUrl = new URL(otherUrl || contract.server).href.replace(/\/+$/, "");
  return { contract, api: { baseUrl, keyHeader: contract.keyHeader, key: key.trim(), timeout: Number(timeout) } };
}

function describe({ document }: Contract, { baseUrl }: Api, { verdict, findings, left }: Report): string[] {
  const names = left.map(({ id }) => id).join(", ");
  return [
    `verdict: ${verdict}`,
    `Contract ${document.info?.version}, compared with ${new URL(baseUrl).host} on ${new Date().toISOString()}`,
    ...findings.flatMap(describeFinding),
    ...(names ? [`Not called, because they need parameters or may change something: ${names}`] : []),
  ];
}

function describeFinding({ operation, status, verdict, reason, latency, violations, undocumented }: Finding): string[] {
  const outcome = `${status ?? "no response"}, ${verdict}, ${latency} ms${reason ? `: ${reason}` : ""}`;
  return [
    `${operation.id} (${operationKey(operation)}): ${outcome}`,
    ...violations.map(({ pointer, message }) => `  violation: ${pointer || "the response"} ${message}`),
    ...undocumented.members.map((pointer) => `  undocumented member: ${pointer}`),
    ...undocumented.headers.map((name) => `  undocumented header: ${name}`),
  ];
}

await start(import.meta.url, main);
