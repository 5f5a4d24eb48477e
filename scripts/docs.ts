// openapi.yaml → site/index.html: the reference in one file that asks no other host for its script.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const redocly = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const { status } = spawnSync(
  process.execPath,
  [redocly, "build-docs", "openapi.yaml", "--inlineBundle", "--output", "site/index.html"],
  { stdio: "inherit", env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" } },
);
process.exitCode = status ?? 1;
