// Measures the packed package beside what a user would pick instead, on the same contract, in one run.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { orUsage } from "../scripts/usage.js";
import { install, pack } from "../test/published/package/install.js";
import { CLIENTS, COMPARED, TYPED } from "./clients.js";
import { marksTable } from "./marks.js";
import { type Effort, generation, measure } from "./measures.js";
import { type Features, profileTable, tables } from "./tables.js";
import { compile, FOLDER, profile, prove } from "./tools.js";

const USAGE = `Usage: npm run bench [-- [--quick] [--write]]
  --quick  in under a minute instead of under eight: rougher, and of most peers only the size
  --write  put the tables and plots into bench/`;

const FULL: Effort = { clients: CLIENTS, seconds: 45, fresh: 15, slow: 2 };
const QUICK: Effort = { clients: COMPARED, seconds: 3, fresh: 2, slow: 1 };

const readArguments = () => parseArgs({ options: { quick: { type: "boolean" }, write: { type: "boolean" } } }).values;

/** The day, the machine and the versions. */
function circumstances(): string {
  const read = (file: string) => JSON.parse(readFileSync(file, "utf8")).devDependencies;
  const { "@redocly/cli": redocly } = read("package.json");
  const all: Record<string, string> = { "@redocly/cli": redocly, ...read(join(FOLDER, "package.json")) };
  const versions = Object.entries(all).map(([name, version]) => `${name} ${version.replace("npm:", "")}`);
  const [processor] = cpus();
  return `${new Date().toISOString().slice(0, 10)}; ${cpus().length} × ${processor?.model}, ${process.platform} ${process.arch};
${versions.join(", ")}.`;
}

async function main(): Promise<number> {
  const { quick, write } = (await orUsage(USAGE, readArguments)) ?? process.exit(2);
  const effort = quick ? QUICK : FULL;
  const began = performance.now();
  const say = (step: string) => console.log(`${((performance.now() - began) / 1000).toFixed().padStart(4)} s  ${step}`);
  try {
    say("Installing the package beside its peers");
    const { tarball } = pack();
    install(tarball, FOLDER);
    mkdirSync(join(FOLDER, ".cache"), { recursive: true });
    say("Generating from the contract");
    const generated = await generation(effort.slow);
    say("Compiling");
    await compile();
    say("Proving that all return the same, and trying what they do");
    const features: Features = await prove();
    for (const client of TYPED) features[client]?.push("types");
    const results = { ...generated, ...(await measure(tarball, effort, say)) };
    say("Profiles");
    const profiles: Record<string, Record<string, number>> = {};
    for (const client of COMPARED) profiles[client] = await profile(client, quick ? 4000 : 20_000);
    say("Done");

    const figures = tables(results, features);
    const reached = marksTable(results);
    const parts = profileTable(results, profiles);
    console.log(`\n${figures}\n## Where the time of a call goes\n\n${parts}\n## Marks\n\n${reached}`);
    if (write) {
      const { pictures, writePlots } = await import("./plot.js");
      await writePlots(results, features);
      const command = `npm run bench -- --${quick ? "quick --" : ""}write`;
      writeFileSync(join(FOLDER, "README.md"), page(command, pictures, figures, reached, parts));
    }
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

const page = (
  command: string,
  pictures: string,
  figures: string,
  reached: string,
  parts: string,
) => `# Measured side by side

Written by \`${command}\`, ${circumstances()}

${pictures}
## Marks

${reached}
## Where the time of a call goes

By V8's sampling profiler, its shares taken of the processor time of a call with a stub for \`fetch\`, whose
\`new Request\` and \`new Response\` are part of it.

${parts}
## Figures

${figures}`;

process.exitCode = await main();
