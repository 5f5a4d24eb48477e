// Measures the packed package beside what a user would pick instead, on the same contract, in one run.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { orUsage } from "../scripts/usage.js";
import { install, pack } from "../test/package/install.js";
import { CLIENTS, FLOOR, FOLDER, measure, OURS, prepare, profile, prove, REFERENCE, type Rounds } from "./measures.js";
import { comparison, type Features, marksTable, pictures, profileTable, tables } from "./report.js";

const USAGE = `Usage: npm run bench [-- [--quick] [--write]]
  --quick  fewer rounds, and of most peers only size and processor time: under a minute instead of under ten, and rougher
  --write  put the tables and plots into bench/, and the comparison into README.md between its marks`;
const BLOCK = /(?<=<!-- comparison -->\n).*?(?=<!-- \/comparison -->)/s;

const FULL: Rounds = { clients: CLIENTS, cpu: 9, rate: 25, fresh: 20, large: 5, slow: 5 };
const FEW = [FLOOR, REFERENCE, OURS];
const QUICK: Rounds = { clients: FEW, cpu: 1, rate: 2, fresh: 2, large: 1, slow: 1 };
/** What the types come from is no matter of trial: these are made from the contract. */
const TYPED = [REFERENCE, OURS, "hey-api", "orval"];

const readArguments = () => parseArgs({ options: { quick: { type: "boolean" }, write: { type: "boolean" } } }).values;

/** The day, the machine and the versions. */
function circumstances(): string {
  const lock = JSON.parse(readFileSync(join(FOLDER, "package-lock.json"), "utf8"));
  const { devDependencies }: { devDependencies: Record<string, string> } = lock.packages[""];
  const versions = Object.entries(devDependencies).map(([name, version]) => `${name} ${version.replace("npm:", "")}`);
  const [processor] = cpus();
  return `${new Date().toISOString().slice(0, 10)}; ${cpus().length} × ${processor?.model}, ${process.platform} ${process.arch};
${versions.join(", ")}.`;
}

async function main(): Promise<number> {
  const { quick, write } = (await orUsage(USAGE, readArguments)) ?? process.exit(2);
  const began = performance.now();
  const say = (step: string) => console.log(`${((performance.now() - began) / 1000).toFixed().padStart(4)} s  ${step}`);
  try {
    say("Installing the package beside its peers");
    const { tarball } = pack();
    install(tarball, FOLDER);
    say("Generating and compiling the clients");
    await prepare();
    say("Proving that all return the same, and trying what they do");
    const features: Features = await prove();
    for (const client of TYPED) features[client]?.push("types");
    const results = await measure(tarball, quick ? QUICK : FULL, say);
    say("Profiles");
    const profiles: Record<string, Record<string, number>> = {};
    for (const client of FEW) profiles[client] = await profile(client, quick ? 5000 : 50_000);
    say("Done");

    const figures = tables(results, features);
    const reached = marksTable(results, features);
    const parts = profileTable(results, profiles);
    console.log(`\n${figures}\n## Where the time of a call goes\n\n${parts}\n## Marks\n\n${reached}`);
    if (write) {
      const { writePlots } = await import("./plot.js");
      await writePlots(results, features);
      writeFileSync(join(FOLDER, "README.md"), page(`--${quick ? "quick --" : ""}write`, figures, reached, parts));
      writeComparison(`${comparison(results, features)}\n${pictures("bench/")}`);
    }
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

const page = (flags: string, figures: string, reached: string, parts: string) => `# Measured side by side

Written by \`npm run bench -- ${flags}\`, ${circumstances()}

${pictures("")}
## Marks

${reached}
## Where the time of a call goes

By V8's sampling profiler, its shares taken of the processor time of a call with a stub for \`fetch\`, whose
\`new Response\` is part of it.

${parts}
## Figures

${figures}`;

function writeComparison(text: string): void {
  const readme = readFileSync("README.md", "utf8");
  if (!BLOCK.test(readme)) console.log("README.md has no lines <!-- comparison --> and <!-- /comparison -->");
  else
    writeFileSync(
      "README.md",
      readme.replace(BLOCK, () => text),
    );
}

process.exitCode = await main();
