// What the samples amount to, and how it is written.
import type { Results } from "./rounds.js";

/** What is measured in samples. */
export const SAMPLED = {
  cpu: "Processor time of a call, `fetch` a stub, 2 endpoints (microseconds)",
  "cpu 1": "Processor time of a call over loopback, one at a time (microseconds)",
  "rate 1": "Calls per second over loopback, one at a time",
  "cpu 50": "Processor time of a call over loopback, 50 in flight (microseconds)",
  "rate 50": "Calls per second over loopback, 50 in flight",
  "time 10000": "10,000 endpoints in one answer (ms)",
  "memory 10000": "10,000 endpoints in one answer, peak memory of the process (MB)",
  "time 100000": "100,000 endpoints in one answer (ms)",
  "memory 100000": "100,000 endpoints in one answer, peak memory of the process (MB)",
  import: "Cold import, processor time above an empty process (ms)",
  first: "Import and first call over loopback, processor time above an empty process (ms)",
  generation: "Generation from the contract, whole process (s)",
  "type-check": "Type-check of a program with one call, processor time of the whole process (s)",
  "heap, call": "Memory retained by a call (bytes)",
  "heap, client": "Memory retained by a client that is used once and dropped (bytes)",
};

/** What does not vary. */
export const FIXED = {
  bundle: "Bundle, gzip (B)",
  "bundle, min": "minified (B)",
  packages: "Installed packages",
  kB: "kB",
  instantiations: "Type instantiations",
};

export function quantile(values: number[], at: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * at + 0.5)] ?? Number.NaN;
}
export const median = (values: number[]) => quantile(values, 0.5);

export const samples = (results: Results, name: string, client: string) => results[name]?.[client] ?? [];
export const middle = (results: Results, name: string, client: string) => median(samples(results, name, client));

/** The median of each round's ratio: what slows the machine for a while slows both. */
export function ratio(results: Results, name: string, client: string, base: string): number {
  const bases = samples(results, name, base);
  return median(samples(results, name, client).map((value, round) => value / (bases[round] ?? Number.NaN)));
}

export function number(value: number): string {
  if (Number.isNaN(value)) return "–";
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A table in Markdown, whose first columns, so many of them, are text. */
export function table(texts: number, head: string[], rows: string[][]): string {
  const lines = [head, head.map((_, column) => (column < texts ? "---" : "---:")), ...rows];
  return lines.map((line) => `| ${line.join(" | ")} |\n`).join("");
}
