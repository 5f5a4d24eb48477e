// What we want to reach, and whether we did.
import { DEADLINE, FLOOR, OURS, REDOCLY, REFERENCE } from "./clients.js";
import { number, ratio, SAMPLED, samples, table } from "./figures.js";
import type { Results } from "./rounds.js";

/** Of a program with one call, in bytes, gzipped. */
const SIZE = 9_000;

/** Ours as so many times what another client needs, or gives. What is shown is what counts. */
const MARKS: { name: keyof typeof SAMPLED; base: string; most?: number; least?: number }[] = [
  { name: "cpu", base: REFERENCE, most: 1.4 },
  { name: "cpu", base: REDOCLY, most: 1 },
  { name: "cpu 1", base: DEADLINE, most: 1.1 },
  { name: "rate 50", base: REFERENCE, least: 0.87 },
  // A body is read once and never copied.
  { name: "time 10000", base: FLOOR, most: 1.05 },
];

export function marksTable(results: Results): string {
  const size = samples(results, "bundle", OURS)[0] ?? Number.NaN;
  const sizeRow = ["Bundle, gzip (B)", `at most ${number(SIZE)}`, number(size), verdict(size <= SIZE)];
  const rows = MARKS.map(({ name, base, most = Number.POSITIVE_INFINITY, least = 0 }) => {
    const shown = ratio(results, name, OURS, base).toFixed(2);
    const limit = least > 0 ? `at least ${least.toFixed(2)}` : `at most ${most.toFixed(2)}`;
    const met = Number(shown) <= most && Number(shown) >= least;
    return [SAMPLED[name], `${limit} × ${base}`, `${shown} ×`, verdict(met)];
  });
  return table(4, ["Measure", "Mark", "Figure", ""], [sizeRow, ...rows]);
}

const verdict = (met: boolean) => (met ? "met" : "**missed**");
