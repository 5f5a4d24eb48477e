// Statistics over the samples, and their formatting.
import type { Results } from "./rounds.js";

/** The measures that are sampled, by name. */
export const SAMPLED = {
  cpu: "CPU time of a call with `fetch` stubbed (µs)",
  "cpu 1": "CPU time of a call over loopback, one at a time (µs)",
  "cpu 50": "CPU time of a call over loopback, 50 in flight (µs)",
  "rate 50": "Calls per second over loopback, 50 in flight",
  "time 10000": "10,000 endpoints in one response (ms)",
  first: "CPU time of import and first call in a new process (ms)",
};

/** The measures that do not vary. */
export const FIXED = { bundle: "Bundle, gzip (B)", packages: "Installed packages", kB: "kB" };

function quantile(values: number[], at: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * at + 0.5)] ?? Number.NaN;
}

export const median = (values: number[]) => quantile(values, 0.5);

/** The interquartile range as a fraction of the median. */
export const spread = (values: number[]) => (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);

export const samples = (results: Results, name: string, client: string) => results[name]?.[client] ?? [];

/** The median of the per-round ratios: a temporary slowdown of the machine affects both. */
export function ratio(results: Results, name: string, client: string, base: string): number {
  const bases = samples(results, name, base);
  return median(samples(results, name, client).map((value, round) => value / (bases[round] ?? Number.NaN)));
}

export function number(value: number): string {
  if (Number.isNaN(value)) return "–";
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A Markdown table; its first `texts` columns are left-aligned. */
export function table(texts: number, head: string[], rows: string[][]): string {
  const lines = [head, head.map((_, column) => (column < texts ? "---" : "---:")), ...rows];
  return lines.map((line) => `| ${line.join(" | ")} |\n`).join("");
}
