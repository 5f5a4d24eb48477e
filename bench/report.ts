// The samples as tables in Markdown, and held against the marks.
import { CLIENTS, EMPTY, FLOOR, OURS, REFERENCE, type Results } from "./measures.js";

/** What a client does for its user, as it is by default. */
const FEATURES = {
  retries: "A 503 is tried again.",
  deadline: "A call that gets no answer ends.",
  errors: "A refused call rejects with an `Error` that has the status.",
  redirects: "The key does not follow a redirect to another server.",
  secrets: "The error of a refused call does not show the key when it is printed.",
  types: "The types come from the contract.",
};
export type Features = Record<string, string[]>;

/** What is measured in samples: its title, unit, and the least or most. */
const SAMPLED = {
  cpu: "Processor time of a call, `fetch` a stub, 2 endpoints (microseconds)",
  "rate 1": "Calls per second over loopback, one at a time",
  "rate 50": "Calls per second over loopback, 50 in flight",
  "time 10000": "10,000 endpoints in one answer (ms)",
  "memory 10000": "10,000 endpoints in one answer, peak memory of the process (MB)",
  "time 100000": "100,000 endpoints in one answer (ms)",
  "memory 100000": "100,000 endpoints in one answer, peak memory of the process (MB)",
  import: "Cold import, processor time above an empty process (ms)",
  first: "Import and first call of a fresh process over loopback (ms)",
  generation: "Generation from the contract, whole process (s)",
  "type-check": "Type-check of a program with one call, whole process, processor time (s)",
  "heap, calls": "Memory retained after 10,000 calls (bytes)",
  "heap, client": "Memory retained after a client is used and dropped (bytes)",
};
const FIXED = {
  bundle: "Bundle, gzip (B)",
  "bundle, min": "minified (B)",
  packages: "Installed packages",
  kB: "kB",
  instantiations: "Type instantiations",
};

const TITLES = { ...SAMPLED, ...FIXED };

function quantile(values: number[], at: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * at + 0.5)] ?? Number.NaN;
}
const median = (values: number[]) => quantile(values, 0.5);

const samples = (results: Results, name: string, client: string) => results[name]?.[client] ?? [];
export const middle = (results: Results, name: string, client: string) => median(samples(results, name, client));

/** The median of each round's ratio: what slows the machine for a while slows both. */
function ratio(results: Results, name: string, client: string, base: string): number {
  const bases = samples(results, name, base);
  return median(samples(results, name, client).map((value, round) => value / (bases[round] ?? Number.NaN)));
}

export function number(value: number): string {
  if (Number.isNaN(value)) return "–";
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The first columns, so many of them, are text. */
function table(texts: number, head: string[], rows: string[][]): string {
  const lines = [head, head.map((_, column) => (column < texts ? "---" : "---:")), ...rows];
  return lines.map((line) => `| ${line.join(" | ")} |\n`).join("");
}

const percent = (part: number) => `${(part * 100).toFixed()} %`;

/** All figures, with the features beside each client. */
export function tables(results: Results, features: Features): string {
  const has = (client: string) =>
    Object.keys(FEATURES)
      .filter((name) => features[client]?.includes(name))
      .join(", ") || "–";
  const fixed = table(
    2,
    ["Client", "Has", ...Object.values(FIXED)],
    CLIENTS.map((client) => [
      client,
      has(client),
      ...Object.keys(FIXED).map((name) => number(middle(results, name, client))),
    ]),
  );
  const sampled = Object.entries(SAMPLED).map(([name, title]) => {
    const clients = [EMPTY, ...CLIENTS].filter((client) => results[name]?.[client]);
    const rows = clients.map((client) => {
      const values = samples(results, name, client);
      const spread = (quantile(values, 0.75) - quantile(values, 0.25)) / Math.abs(median(values));
      const toFloor =
        clients.includes(FLOOR) && !name.startsWith("heap") ? ratio(results, name, client, FLOOR).toFixed(2) : "–";
      return [client, has(client), number(median(values)), number(Math.min(...values)), percent(spread), toFloor];
    });
    return `### ${title}\n\n${table(2, ["Client", "Has", "Median", "Minimum", "Spread", "× floor"], rows)}`;
  });
  const legend = Object.entries(FEATURES).map(([name, meaning]) => `- **${name}**: ${meaning}\n`);
  return `What each one has by default was found out by trial, but for the types:

${legend.join("")}
The floor is \`fetch\` alone. A ratio is the median of the rounds' ratios; the spread is the range of the middle half, in
parts of the median. Of hey-api and orval, nothing is installed: the code that they generate is part of the program.
On Node, axios does not use \`fetch\` unless it is given one, as the stub is. openai and svix are SDKs for other APIs, asked for
a like list, of which svix copies only the members that its own API has.

### What does not vary

${fixed}
${sampled.join("\n")}`;
}

interface Mark {
  measure: string;
  mark: string;
  figure: string;
  met: boolean;
}

/** What we want to reach, and whether we did. */
function marks(results: Results, features: Features): Mark[] {
  const ours = (name: string) => middle(results, name, OURS);
  const atMost = (measure: string, limit: number, unit: string, value: number): Mark => ({
    measure,
    mark: `at most ${number(limit)}${unit}`,
    figure: `${number(value)}${unit}`,
    met: value <= limit,
  });
  const against = (name: keyof typeof TITLES, base: string, limit: number, least = false): Mark => {
    const value = Number(ratio(results, name, OURS, base).toFixed(2)); // What is shown is what counts.
    return {
      measure: TITLES[name],
      mark: `at ${least ? "least" : "most"} ${limit.toFixed(2)} × ${base}`,
      figure: `${value.toFixed(2)} × ${base}`,
      met: least ? value >= limit : value <= limit,
    };
  };
  const retrying = CLIENTS.filter((client) => client !== OURS && features[client]?.includes("retries"));
  const cheapest = retrying.toSorted((a, b) => middle(results, "cpu", a) - middle(results, "cpu", b))[0] ?? "";
  const least = (client: string) => Math.min(...samples(results, "type-check", client));
  const above = (least(OURS) - least(EMPTY)) / (least(REFERENCE) - least(EMPTY));
  return [
    atMost("Bundle of a program with one call, gzip", 5100, " B", ours("bundle")),
    against("cpu", REFERENCE, 1.3),
    {
      measure: SAMPLED.cpu,
      mark: `less than each client with retries (${retrying.join(", ")})`,
      figure: `${ratio(results, "cpu", OURS, cheapest).toFixed(2)} × ${cheapest}`,
      met: ratio(results, "cpu", OURS, cheapest) < 1,
    },
    against("rate 1", REFERENCE, 0.95, true),
    against("rate 50", REFERENCE, 0.95, true),
    against("time 10000", FLOOR, 1.05),
    against("memory 10000", FLOOR, 1.05),
    against("time 100000", FLOOR, 1.05),
    against("memory 100000", FLOOR, 1.05),
    atMost(SAMPLED.import, middle(results, "import", REFERENCE) + 3, " ms", ours("import")),
    against("first", FLOOR, 1.1),
    atMost("Installed packages", 3, "", ours("packages")),
    atMost("Installed", 450, " kB", ours("kB")),
    atMost(SAMPLED.generation, 2.5, " s", ours("generation")),
    against("instantiations", REFERENCE, 1.2),
    {
      measure: `${SAMPLED["type-check"]}, the least, above an empty project`,
      mark: `at most 1.20 × ${REFERENCE}`,
      figure: `${above.toFixed(2)} × ${REFERENCE}`,
      met: above <= 1.2,
    },
    // Any leak would be of objects, which take as much or more; less is the noise of compiled code.
    atMost(`${SAMPLED["heap, calls"]}, for each call`, 64, " B", ours("heap, calls") / 10_000),
    atMost(SAMPLED["heap, client"], 64, " B", ours("heap, client")),
  ];
}

export const marksTable = (results: Results, features: Features) =>
  table(
    4,
    ["Measure", "Mark", "Figure", ""],
    marks(results, features).map(({ measure, mark, figure, met }) => [
      measure,
      mark,
      figure,
      met ? "met" : "**missed**",
    ]),
  );

/** Microseconds of each part of a call. */
export function profileTable(results: Results, profiles: Record<string, Record<string, number>>): string {
  const clients = Object.keys(profiles);
  const parts = [...new Set(Object.values(profiles).flatMap(Object.keys))].sort();
  const cost = (client: string) => middle(results, "cpu", client);
  return table(
    1,
    ["Part (µs)", ...clients],
    [
      ...parts.map((part) => [
        part,
        ...clients.map((client) => number((profiles[client]?.[part] ?? 0) * cost(client))),
      ]),
      ["**the whole call**", ...clients.map((client) => number(cost(client)))],
    ],
  );
}

/** The few figures that a user chooses by. */
export const comparison = (results: Results, features: Features) =>
  table(
    1,
    ["Client", "gzip, kB", "a call, µs of CPU", "calls/s, 50 in flight", "import, ms of CPU", ...Object.keys(FEATURES)],
    CLIENTS.map((client) => [
      client,
      number(middle(results, "bundle", client) / 1000),
      number(middle(results, "cpu", client)),
      number(middle(results, "rate 50", client)),
      number(middle(results, "import", client)),
      ...Object.keys(FEATURES).map((name) => (features[client]?.includes(name) ? "✓" : "")),
    ]),
  );

const PICTURES = {
  size: "Size of a program with one call, against what the client does",
  call: "Processor time of a call",
};

/** The plots that lie in a folder, each in the version that fits the reader's colours. */
export const pictures = (folder: string) =>
  Object.entries(PICTURES)
    .map(
      ([name, text]) =>
        `<picture><source media="(prefers-color-scheme: dark)" srcset="${folder}${name}-dark.svg"><img alt="${text}" src="${folder}${name}-light.svg"></picture>\n`,
    )
    .join("\n");
