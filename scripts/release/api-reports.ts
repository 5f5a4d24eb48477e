// The public types of each entry as a report that is reviewed like code: test/types/*.api.md, made by API Extractor.
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

/** The types of each entry in package.json's `exports`. The `.d.cts` files have the same types. */
export function typesOfEntries(): string[] {
  const { exports }: { exports?: object } = JSON.parse(readFileSync("package.json", "utf8"));
  return [...new Set(JSON.stringify(exports ?? {}).match(/(?<=")[^"]+\.d\.ts(?=")/g))];
}

/** Whether the report of one entry matches the build; can renew it first. */
export function reportIsCurrent(types: string, renew: boolean): boolean {
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
  const { apiReportChanged } = Extractor.invoke(extractorConfig, {
    localBuild: renew,
    // The caller reports the result; the report itself marks a name that is used but not exported.
    messageCallback(message) {
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
    },
  });
  return renew || !apiReportChanged;
}
