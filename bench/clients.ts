// The clients that are measured, and where each comes from. Each has a file in clients/.

export const FLOOR = "fetch";
export const REFERENCE = "openapi-fetch";
/** openapi-fetch with a deadline for each call, as ours has. */
export const DEADLINE = "openapi-fetch-deadline";
export const OURS = "konpro-client";
export const REDOCLY = "redocly";
export const CLIENTS = [FLOOR, REFERENCE, DEADLINE, OURS, REDOCLY, "hey-api", "ky", "openai"];
/** The clients that the targets compare: a quick run measures only these. */
export const COMPARED = [FLOOR, REFERENCE, DEADLINE, OURS, REDOCLY];

/** The packages that a user installs; the other clients are part of the platform or generated. */
export const PACKAGES = [REFERENCE, OURS, "ky", "openai"];

/** The programs that generate a client from the contract, run by Node in bench/. */
export const GENERATORS = [
  "../node_modules/@redocly/cli/bin/cli.js generate-client ../openapi.yaml -o .cache/redocly.ts --config ../redocly.yaml",
  "node_modules/@hey-api/openapi-ts/bin/run.js -s --no-log-file -i ../openapi.yaml -o .cache/hey-api -c @hey-api/client-fetch",
];

/** The clients whose types come from the contract, which cannot be tested at run time. */
export const TYPED = [REFERENCE, DEADLINE, OURS, REDOCLY, "hey-api"];
