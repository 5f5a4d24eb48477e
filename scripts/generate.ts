// openapi.yaml → generated/. Each file is written by a module in generate/.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compileChecks } from "./contract/checks.js";
import { ContractError } from "./contract/problem.js";
import { readContract } from "./contract/read.js";
import { examplesModule } from "./generate/examples.js";
import { operationsModule } from "./generate/operations.js";
import { REQUESTS_TYPES, requestsModule } from "./generate/requests.js";
import { schemaModule } from "./generate/schema.js";
import { VALIDATORS_TYPES, validatorsModule } from "./generate/validators.js";
import { valuesModule } from "./generate/values.js";
import { program, start } from "./program.js";

const USAGE = `Usage: npm run generate [-- --check] [-- --spec FILE] [-- --out DIR]
  --check      write nothing; exit 1 if a generated file does not match the contract
  --spec FILE  the OpenAPI 3.1 description (default: openapi.yaml)
  --out DIR    where to write (default: generated)
"npm run lint" checks the contract's style as well: for example, that each operation has a 4XX response.`;

const HEADER = '// Generated from the contract by "npm run generate". Do not edit: the next run overwrites it.\n\n';

/** Exits 1 if the contract is invalid or the check fails. */
export const main = program(USAGE, readArguments, async ({ spec, out, check }) => {
  try {
    const contract = await readContract(spec);
    console.log(`${spec}: ${contract.operations.length} operation(s)`);
    const checks = compileChecks(contract);
    const files = new Map([
      ["schema.ts", HEADER + (await schemaModule(contract))],
      ["operations.ts", HEADER + operationsModule(contract)],
      ["values.ts", HEADER + valuesModule(contract)],
      ["examples.ts", HEADER + examplesModule(contract)],
      ["validators.js", HEADER + validatorsModule(checks)],
      ["validators.d.ts", HEADER + VALIDATORS_TYPES],
      ["requests.js", HEADER + requestsModule(contract, checks)],
      ["requests.d.ts", HEADER + REQUESTS_TYPES],
    ]);
    return await (check ? compare(out, files) : write(out, files));
  } catch (error) {
    const isTooDeep = error instanceof RangeError && /call stack/.test(error.message);
    if (!(error instanceof ContractError || isTooDeep)) throw error;
    const message = isTooDeep ? `${spec}:1:1: The schemas are nested too deeply. Use fewer levels.` : error.message;
    console.error(`${message}\n${spec} is invalid; ${out}/ is unchanged.`);
    return 1;
  }
});

function readArguments(args: string[]) {
  return parseArgs({
    args,
    options: {
      spec: { type: "string", default: "openapi.yaml" },
      out: { type: "string", default: "generated" },
      check: { type: "boolean", default: false },
    },
  }).values;
}

async function compare(out: string, files: Map<string, string>): Promise<number> {
  let stale = 0;
  for (const [name, text] of files) {
    const file = join(out, name);
    if ((await readFile(file, "utf8").catch(() => undefined)) === text) continue;
    console.error(`${file} does not match the contract: run "npm run generate" and commit the result.`);
    stale = 1;
  }
  if (stale === 0) console.log(`${out}/ is up to date`);
  return stale;
}

/** Writes all files under temporary names before it replaces the first one, so that a failure leaves the old files complete. */
async function write(out: string, files: Map<string, string>): Promise<number> {
  await mkdir(out, { recursive: true });
  const temporary = (name: string) => join(out, `.${name}.${process.pid}`);
  try {
    for (const [name, text] of files) await writeFile(temporary(name), text);
    for (const name of files.keys()) await rename(temporary(name), join(out, name));
  } finally {
    for (const name of files.keys()) await rm(temporary(name), { force: true });
  }
  console.log(`${out}/: wrote ${[...files.keys()].join(", ")}`);
  return 0;
}

await start(import.meta.url, main);
