// Who is measured, and where each one comes from. There is a file in clients/ for each.

export const FLOOR = "fetch";
export const REFERENCE = "openapi-fetch";
/** The same with a deadline for each call, as ours has one. */
export const DEADLINE = "openapi-fetch-deadline";
export const OURS = "konpro-client";
export const REDOCLY = "redocly";
export const CLIENTS = [FLOOR, REFERENCE, DEADLINE, OURS, REDOCLY, "hey-api", "ky", "openai"];
/** Those that the marks compare: a quick run measures no other. */
export const COMPARED = [FLOOR, REFERENCE, DEADLINE, OURS, REDOCLY];

/** The packages that a user installs; there is none for the others, as they are the platform's or generated. */
export const PACKAGES = [REFERENCE, OURS, "ky", "openai"];

/** The programs that generate a client from the contract, run by Node in bench/. */
export const GENERATORS = [
  "../node_modules/@redocly/cli/bin/cli.js generate-client ../openapi.yaml -o .cache/redocly.ts --config ../redocly.yaml",
  "node_modules/@hey-api/openapi-ts/bin/run.js -s --no-log-file -i ../openapi.yaml -o .cache/hey-api -c @hey-api/client-fetch",
];

/** Those whose types come from the contract, which no trial can find out. */
export const TYPED = [REFERENCE, DEADLINE, OURS, REDOCLY, "hey-api"];
