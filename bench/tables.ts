// The figures as Markdown tables.
import { CLIENTS, FLOOR } from "./clients.js";
import { FIXED, median, number, ratio, SAMPLED, samples, spread, table } from "./figures.js";
import type { Results } from "./rounds.js";

/** The features of a client. */
const FEATURES = {
  retries: "Retries a 503.",
  deadline: "A call that gets no response times out.",
  errors: "A rejected call throws an `Error` with the status.",
  redirects: "The key is not sent along when redirected to another server.",
  secrets: "The error of a rejected call does not show the key when printed.",
  types: "The types come from the contract.",
};
export type Features = Record<string, string[]>;

/** The features and the size of each client. */
export function comparisonTable(results: Results, features: Features): string {
  const rows = CLIENTS.map((client) => {
    const has = Object.keys(FEATURES).map((name) => (features[client]?.includes(name) ? "yes" : "–"));
    const figures = Object.keys(FIXED).map((name) => number(median(samples(results, name, client))));
    return [client, ...has, ...figures];
  });
  return table(7, ["Client", ...Object.keys(FEATURES), ...Object.values(FIXED)], rows);
}

export const legend = Object.entries(FEATURES)
  .map(([name, meaning]) => `- **${name}**: ${meaning}\n`)
  .join("");

function sampled(results: Results, name: string): string {
  const clients = CLIENTS.filter((client) => results[name]?.[client]);
  const rows = clients.map((client) => {
    const values = samples(results, name, client);
    const toFloor = ratio(results, name, client, FLOOR).toFixed(2);
    return [client, number(median(values)), toFloor, `${(spread(values) * 100).toFixed()} %`];
  });
  return table(1, ["Client", "Median", "× fetch", "Spread"], rows);
}

/** The cost of a call, in a section for each measure. */
export const sampledTables = (results: Results) =>
  Object.entries(SAMPLED)
    .map(([name, title]) => `### ${title}\n\n${sampled(results, name)}`)
    .join("\n");
