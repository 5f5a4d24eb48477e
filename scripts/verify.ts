// Makes the safe calls to the real API and reports where its responses break the contract.
import { parseArgs } from "node:util";
import type { Checks } from "../src/check-response.js";
import { createKonProClient } from "../src/client.js";
import { escapeName } from "../src/pointer.js";
import { compileChecks, isValidator } from "./contract/checks.js";
import { operationKey, parametersOf } from "./contract/document.js";
import { type Contract, type ContractOperation, readContract } from "./contract/read.js";
import { program, start } from "./program.js";
import { type Api, call } from "./verify/call.js";
import { type Comparison, compare } from "./verify/compare.js";

const USAGE = `Usage: npm run verify [-- --spec FILE] [-- --timeout MS]
  --spec FILE   the OpenAPI 3.1 description to compare with (default: openapi.yaml)
  --timeout MS  how long to wait for each response (default: 30000)
Set KONPRO_API_KEY to the API key. Set KONPRO_BASE_URL to call a server other than the one in the description.
Prints a report that starts with the verdict and contains no values from responses.
Exit code: 0 conforms, 1 violates or not found, 2 inconclusive or wrong usage.`;

export type Verdict = "conforms" | "violates" | "not found" | "inconclusive";

/** The result for one operation. */
export interface Finding extends Comparison {
  operation: ContractOperation;
  verdict: Verdict;
  /** Null without a response. */
  status: number | null;
  /** Why there was no 2xx response to compare. */
  reason?: string;
  /** Milliseconds to the last byte. */
  latency: number;
}

export interface Report {
  verdict: Verdict;
  findings: Finding[];
  /** Operations that need parameters or may change something. */
  skipped: ContractOperation[];
}

/** Calls each operation once that needs no parameters and changes nothing. */
export async function verify(contract: Contract, api: Api): Promise<Report> {
  const checks = checksOf(contract);
  const skipped = contract.operations.filter((operation) => !isSafe(contract, operation));
  const findings: Finding[] = [];
  // Sequentially, because of the per-minute limit.
  for (const operation of contract.operations) {
    if (!skipped.includes(operation)) findings.push(await judge(contract, checks, operation, api));
  }
  const verdicts = findings.map(({ verdict }) => verdict);
  const found = (["violates", "not found"] as const).find((verdict) => verdicts.includes(verdict));
  const conforms = verdicts.length > 0 && !verdicts.includes("inconclusive");
  return { verdict: found ?? (conforms ? "conforms" : "inconclusive"), findings, skipped };
}

/** Validators compiled from the contract: those in generated/ may be older. */
function checksOf(contract: Contract): Checks {
  const { ajv, schemas } = compileChecks(contract);
  const checkOf = (id: string | null) => {
    const check: unknown = id && ajv.getSchema(id);
    return isValidator(check) ? check : null;
  };
  const rows = [...schemas].map(([operation, responses]) => {
    const cells = [...responses].map(([status, id]) => [status, checkOf(id)] as const);
    return [operation, Object.fromEntries(cells)] as const;
  });
  return Object.fromEntries(rows);
}

const isSafe = (contract: Contract, operation: ContractOperation) =>
  operation.method === "get" &&
  !parametersOf(contract, operation).some(({ value }) => Reflect.get(value, "required") === true);

/** Statuses that say nothing about a 2xx response, whatever their body, with the reason. */
const REASONS: Record<number, string> = {
  401: "the key is not accepted",
  403: "the key may not do this",
  404: "the operation may not exist",
  405: "the operation may not exist",
  429: "the rate limit is exceeded",
};

async function judge(contract: Contract, checks: Checks, operation: ContractOperation, api: Api): Promise<Finding> {
  const begin = performance.now();
  const response = await call(api, operation);
  const latency = Math.round(performance.now() - begin);
  if (typeof response === "string") {
    const nothing = { violations: [], undocumented: { members: [], headers: [] } };
    return { operation, verdict: "inconclusive", status: null, reason: response, latency, ...nothing };
  }
  const { status } = response;
  const finding = { operation, status, latency, ...compare(contract, checks, operation, response) };
  const reason = REASONS[status];
  if (reason) return { ...finding, verdict: status === 404 || status === 405 ? "not found" : "inconclusive", reason };
  if (finding.violations.length > 0) return { ...finding, verdict: "violates" };
  if (status < 300) return { ...finding, verdict: "conforms" };
  return { ...finding, verdict: "inconclusive", reason: "an error response that matches the contract" };
}

const EXIT_CODES: Record<Verdict, number> = { conforms: 0, violates: 1, "not found": 1, inconclusive: 2 };

export const main = program(USAGE, readArguments, async ({ contract, api }) => {
  const report = await verify(contract, api);
  for (const line of describe(contract, api, report)) console.log(shown(line, api.key));
  return EXIT_CODES[report.verdict];
});

/** Escapes a line with names chosen by the server: they may contain the key, line breaks, invisible or bidi characters. */
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
  if (!key.trim()) throw new Error("KONPRO_API_KEY is not set: set it to your API key");
  const contract = await readContract(spec);
  createKonProClient(); // rejects an invalid key or KONPRO_BASE_URL
  const baseUrl = new URL(otherUrl || contract.server).href.replace(/\/+$/, "");
  return { contract, api: { baseUrl, keyHeader: contract.keyHeader, key: key.trim(), timeout: Number(timeout) } };
}

function describe({ document }: Contract, { baseUrl }: Api, { verdict, findings, skipped }: Report): string[] {
  const names = skipped.map(({ id }) => id).join(", ");
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
