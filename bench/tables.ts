// All figures as tables in Markdown.
import { CLIENTS, EMPTY, FLOOR } from "./clients.js";
import { FIXED, median, middle, number, quantile, ratio, SAMPLED, samples, table } from "./figures.js";
import type { Results } from "./rounds.js";

/** What a client does for its user. */
const FEATURES = {
  retries: "A 503 is tried again.",
  deadline: "A call that gets no answer ends.",
  errors: "A refused call rejects with an `Error` that has the status.",
  redirects: "The key does not follow a redirect to another server.",
  secrets: "The error of a refused call does not show the key when it is printed.",
  types: "The types come from the contract.",
};
export type Features = Record<string, string[]>;

const list = (features: Features, client: string) =>
  Object.keys(FEATURES)
    .filter((name) => features[client]?.includes(name))
    .join(", ") || "–";

function fixed(results: Results, features: Features): string {
  const figures = (client: string) => Object.keys(FIXED).map((name) => number(middle(results, name, client)));
  const rows = CLIENTS.map((client) => [client, list(features, client), ...figures(client)]);
  return table(2, ["Client", "Has", ...Object.values(FIXED)], rows);
}

/** What a program takes on with each of our exports, openapi-fetch included. */
function exported(results: Results): string {
  const rows = Object.keys(results.part ?? {}).map((name) => [
    `\`${name}\``,
    ...["part", "part, min"].map((measure) => number(middle(results, measure, name))),
  ]);
  return table(1, ["Export", "gzip (B)", "minified (B)"], rows);
}

function sampled(results: Results, name: string): string {
  const clients = [EMPTY, ...CLIENTS].filter((client) => results[name]?.[client]);
  const hasFloor = clients.includes(FLOOR) && !name.startsWith("heap");
  const rows = clients.map((client) => {
    const values = samples(results, name, client);
    const spread = (quantile(values, 0.75) - quantile(values, 0.25)) / Math.abs(median(values));
    const toFloor = hasFloor ? ratio(results, name, client, FLOOR).toFixed(2) : "–";
    return [client, number(median(values)), number(Math.min(...values)), `${(spread * 100).toFixed()} %`, toFloor];
  });
  return table(1, ["Client", "Median", "Minimum", "Spread", "× floor"], rows);
}

const legend = Object.entries(FEATURES).map(([name, meaning]) => `- **${name}**: ${meaning}\n`);
const INTRODUCTION = `What each one has was found out by trial, but for the types:

${legend.join("")}
All are as they are by default, with three exceptions: redocly's retries and deadline are switched on,
openapi-fetch-deadline is openapi-fetch with an \`AbortController\` and a timer for each call, and konpro-client-validated is
ours with \`validateResponses\`.

The floor is \`fetch\` alone. A ratio is the median of the rounds' ratios; the spread is the range of the middle half, in
parts of the median. Many calls are made by each client in a process of its own, in short slices that take turns. The stub
takes the place of \`globalThis.fetch\`, and makes a \`Request\` of what it is given, as the platform does.

Of redocly, hey-api and orval, nothing is installed: the code that they generate is part of the program. On Node, axios does
not use \`fetch\` unless it is given one, as the stub is. openai and svix are SDKs for other APIs, asked for a like list, of
which svix copies only the members that its own API has.
`;

/** All figures, with the features beside each client. */
export function tables(results: Results, features: Features): string {
  const sections = Object.entries(SAMPLED).map(([name, title]) => `### ${title}\n\n${sampled(results, name)}`);
  return `${INTRODUCTION}\n### What does not vary\n\n${fixed(results, features)}\n### What each export of ours brings along\n\n${exported(results)}\n${sections.join("\n")}`;
}

/** Microseconds of each part of a call. */
export function profileTable(results: Results, profiles: Record<string, Record<string, number>>): string {
  const clients = Object.keys(profiles);
  const parts = [...new Set(Object.values(profiles).flatMap(Object.keys))].sort();
  const cost = (client: string) => middle(results, "cpu", client);
  const rows = parts.map((part) => [
    part,
    ...clients.map((client) => number((profiles[client]?.[part] ?? 0) * cost(client))),
  ]);
  const total = ["**the whole call**", ...clients.map((client) => number(cost(client)))];
  return table(1, ["Part (µs)", ...clients], [...rows, total]);
}
