// Compares the packed package with the alternatives, on the same contract, in one run.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { program, start } from "../scripts/program.js";
import { install, pack } from "../test/published/package/install.js";
import { CLIENTS, COMPARED, TYPED } from "./clients.js";
import { type Effort, measure } from "./measures.js";
import type { Results } from "./rounds.js";
import { comparisonTable, type Features, legend, sampledTables } from "./tables.js";
import { targetsTable } from "./targets.js";
import { compile, FOLDER, generate, installPeers, prove } from "./tools.js";

const USAGE = `Usage: npm run bench [-- [--quick] [--write]]
  --quick  under one minute instead of five: rougher figures, and only the size of most peers
  --write  put the tables into bench/README.md`;

const FULL: Effort = { clients: CLIENTS, seconds: 45, fresh: 15 };
const QUICK: Effort = { clients: COMPARED, seconds: 3, fresh: 2 };

const readArguments = (args: string[]) =>
  parseArgs({ args, options: { quick: { type: "boolean" }, write: { type: "boolean" } } }).values;

/** The date, the machine and the versions. */
function circumstances(): string {
  const read = (file: string) => JSON.parse(readFileSync(file, "utf8")).devDependencies;
  const { "@redocly/cli": redocly } = read("package.json");
  const all: Record<string, string> = { "@redocly/cli": redocly, ...read(join(FOLDER, "package.json")) };
  const versions = Object.entries(all).map(([name, version]) => `${name} ${version.replace("npm:", "")}`);
  const [processor] = cpus();
  return `${new Date().toISOString().slice(0, 10)}; ${cpus().length} × ${processor?.model}, ${process.platform} ${process.arch};
${versions.join(", ")}.`;
}

export const main = program(USAGE, readArguments, async ({ quick, write }) => {
  const began = performance.now();
  const say = (step: string) => console.log(`${((performance.now() - began) / 1000).toFixed().padStart(4)} s  ${step}`);
  try {
    say("Installing the package and its peers");
    const { tarball } = pack();
    installPeers();
    install(tarball, FOLDER);
    mkdirSync(join(FOLDER, ".cache"), { recursive: true });
    say("Generating the peers' clients and compiling");
    await generate();
    await compile();
    say("Checking that all clients return the same data, and testing their features");
    const features: Features = await prove();
    for (const client of TYPED) features[client]?.push("types");
    const results = await measure(tarball, quick ? QUICK : FULL, say);
    say("Done");
    const page = pageOf(results, features, quick ? "npm run bench -- --quick --write" : "npm run bench -- --write");
    console.log(`\n${page}`);
    if (write) writeFileSync(join(FOLDER, "README.md"), page);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
});

/** The site shows only the region. */
const pageOf = (results: Results, features: Features, command: string) => `# Measured side by side

\`npm run bench\` compares the packed package with the alternatives, on the same contract, in under five minutes
(\`-- --quick\`: under one minute, rougher figures). \`-- --write\` puts the tables here.

Written by \`${command}\`, ${circumstances()}

<!-- #region comparison -->

${comparisonTable(results, features)}
Each feature was tested by running it, except types:

${legend}
Every client runs with its defaults, except that redocly's retries and deadline are switched on. openapi-fetch uses the API-key
middleware from its documentation; openapi-fetch-deadline adds an \`AbortController\` and a timer for each call. redocly and hey-api
install nothing: the code they generate is part of the program. openai is an SDK for another API; it fetches a similar list.

## Cost of a call

${sampledTables(results)}
Each client makes its calls in its own process, on the same Node.js, in short slices that take turns. A ratio is the median of the
per-round ratios; the spread is the interquartile range as a percentage of the median. The stub replaces \`globalThis.fetch\` and
builds a \`Request\` from its arguments, as the platform does.

<!-- #endregion comparison -->

## Targets

The size is not among them: \`npm run check\` limits it, with another bundler than here (scripts/size.ts).

${targetsTable(results)}`;

await start(import.meta.url, main);
