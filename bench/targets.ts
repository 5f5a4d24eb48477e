// The targets, and whether they are met.
import { DEADLINE, FLOOR, OURS, REDOCLY, REFERENCE } from "./clients.js";
import { ratio, SAMPLED, table } from "./figures.js";
import type { Results } from "./rounds.js";

/** Our figure as a multiple of another client's. The rounded multiple is what is compared. */
const TARGETS: { name: keyof typeof SAMPLED; base: string; most?: number; least?: number }[] = [
  { name: "cpu", base: REFERENCE, most: 1.4 },
  { name: "cpu", base: REDOCLY, most: 1 },
  { name: "cpu 1", base: DEADLINE, most: 1.1 },
  { name: "rate 50", base: REFERENCE, least: 0.87 },
  // A body is read once and never copied.
  { name: "time 10000", base: FLOOR, most: 1.05 },
];

export function targetsTable(results: Results): string {
  const rows = TARGETS.map(({ name, base, most = Number.POSITIVE_INFINITY, least = 0 }) => {
    const shown = ratio(results, name, OURS, base).toFixed(2);
    const limit = least > 0 ? `at least ${least.toFixed(2)}` : `at most ${most.toFixed(2)}`;
    const met = Number(shown) <= most && Number(shown) >= least;
    return [SAMPLED[name], `${limit} × ${base}`, `${shown} ×`, met ? "met" : "**missed**"];
  });
  return table(4, ["Measure", "Target", "Figure", ""], rows);
}
