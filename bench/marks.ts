// What we want to reach, and whether we did.
import { DEADLINE, EMPTY, FLOOR, OURS, REFERENCE } from "./clients.js";
import { FIXED, middle, number, ratio, SAMPLED, samples, table } from "./figures.js";
import type { Results } from "./rounds.js";

interface Mark {
  measure: string;
  mark: string;
  figure: string;
  met: boolean;
}

function atMost(measure: string, limit: number, unit: string, value: number): Mark {
  return {
    measure,
    mark: `at most ${number(limit)}${unit}`,
    figure: `${number(value)}${unit}`,
    met: value <= limit,
  };
}

/** Ours as so many times what another one needs, or gives. What is shown is what counts. */
function beside(measure: string, base: string, value: number, limit: number, least = false): Mark {
  const shown = Number(value.toFixed(2));
  return {
    measure,
    mark: `at ${least ? "least" : "most"} ${limit.toFixed(2)} × ${base}`,
    figure: `${shown.toFixed(2)} × ${base}`,
    met: least ? shown >= limit : shown <= limit,
  };
}

const TITLES = { ...SAMPLED, ...FIXED };

/** What a program with one call should weigh, in bytes; package.json has what it may not outgrow meanwhile. */
const SIZE_GOAL = 7_500;

function marks(results: Results): Mark[] {
  const ours = (name: string) => middle(results, name, OURS);
  const most = (name: keyof typeof TITLES, base: string, limit: number) =>
    beside(TITLES[name], base, ratio(results, name, OURS, base), limit);
  const least = (name: keyof typeof TITLES, base: string, limit: number) =>
    beside(TITLES[name], base, ratio(results, name, OURS, base), limit, true);
  const fewest = (client: string) => Math.min(...samples(results, "type-check", client));
  const typeCheck = (fewest(OURS) - fewest(EMPTY)) / (fewest(REFERENCE) - fewest(EMPTY));
  return [
    atMost("Bundle of a program with one call, gzip", SIZE_GOAL, " B", ours("bundle")),
    most("cpu", REFERENCE, 1.15),
    most("cpu", DEADLINE, 1.05),
    most("cpu 1", REFERENCE, 1.1),
    most("cpu 1", DEADLINE, 1.05),
    least("rate 1", REFERENCE, 0.92),
    most("cpu 50", REFERENCE, 1.1),
    most("cpu 50", DEADLINE, 1.05),
    least("rate 50", REFERENCE, 0.92),
    most("time 10000", FLOOR, 1.05),
    most("memory 10000", FLOOR, 1.05),
    most("time 100000", FLOOR, 1.05),
    most("memory 100000", FLOOR, 1.05),
    // 10 % above what it was when the mark was set.
    most("import", REFERENCE, 1.9),
    most("first", FLOOR, 1.1),
    atMost("Installed packages", 3, "", ours("packages")),
    atMost("Installed", 450, " kB", ours("kB")),
    atMost(SAMPLED.generation, 2.5, " s", ours("generation")),
    most("instantiations", REFERENCE, 1.2),
    beside(`${SAMPLED["type-check"]}, the least, above an empty project`, REFERENCE, typeCheck, 1.2),
    // Any leak would be of objects, which take as much or more; less is the noise of compiled code.
    atMost(SAMPLED["heap, call"], 64, " B", ours("heap, call")),
    atMost(SAMPLED["heap, client"], 64, " B", ours("heap, client")),
  ];
}

export const marksTable = (results: Results) =>
  table(
    4,
    ["Measure", "Mark", "Figure", ""],
    marks(results).map(({ measure, mark, figure, met }) => [measure, mark, figure, met ? "met" : "**missed**"]),
  );
