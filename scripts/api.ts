// The public types of each entry as a report that is reviewed like code: test/types/*.api.md, made by API Extractor.
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { orUsage } from "./usage.js";

const USAGE = `Usage: npm run api [-- --check]
  --check  write nothing; exit 1 if a report is not what the build gives`;

process.exitCode = await main();

async function main(): Promise<number> {
  const options = await orUsage(
    USAGE,
    () => parseArgs({ options: { check: { type: "boolean", default: false } } }).values,
  );
  if (!options) return 2;
  const { check } = options;
  const { exports }: { exports: Record<string, string | { types?: string }> } = JSON.parse(
    readFileSync("package.json", "utf8"),
  );
  const entries = Object.values(exports).flatMap((entry) => (typeof entry === "object" && entry.types) || []);
  const stale = entries.filter((entry) => !report(entry, check));
  for (const entry of stale) {
    console.error(`The public types of ${entry} are not those of its report: run "npm run api", review and commit it.`);
  }
  if (stale.length === 0) console.log(`${entries.length} report(s) in test/types/ ${check ? "up to date" : "written"}`);
  return stale.length === 0 ? 0 : 1;
}

/** Writes, or checks, the report of one entry; whether it is now up to date. */
function report(types: string, check: boolean): boolean {
  const quiet = { logLevel: ExtractorLogLevel.None };
  const extractorConfig = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: resolve("package.json"),
    configObject: {
      projectFolder: process.cwd(),
      mainEntryPointFilePath: resolve(types),
      newlineKind: "lf",
      compiler: { tsconfigFilePath: resolve("tsconfig.json") },
      apiReport: {
        enabled: true,
        reportFileName: `${basename(types, ".d.ts")}.api.md`,
        reportFolder: resolve("test/types"),
        reportTempFolder: resolve(".cache/api"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { compilerMessageReporting: { default: quiet }, tsdocMessageReporting: { default: quiet } },
    },
  });
  const result = Extractor.invoke(extractorConfig, {
    localBuild: !check,
    // The outcome is told above; a name that is used but not exported stands in the report itself.
    messageCallback(message) {
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
    },
  });
  return check ? !result.apiReportChanged : true;
}
