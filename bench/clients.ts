// Who is measured, and where each one comes from.

export const FLOOR = "fetch";
export const REFERENCE = "openapi-fetch";
/** The same with a deadline for each call, as ours has one. */
export const DEADLINE = "openapi-fetch-deadline";
export const OURS = "konpro-client";
/** Ours with a check of each answer against the contract. */
const VALIDATED = "konpro-client-validated";
/** A client with something added: as a package, or in a fresh process, it is what the client is. */
export const VARIANTS = [DEADLINE, VALIDATED];
/** A file in clients/ for each. */
export const CLIENTS = [
  FLOOR,
  REFERENCE,
  DEADLINE,
  OURS,
  VALIDATED,
  "redocly",
  "hey-api",
  "orval",
  "ky",
  "axios",
  "openai",
  "svix",
];
/** Those that are measured in a quick run, too. */
export const COMPARED = [FLOOR, REFERENCE, DEADLINE, OURS, VALIDATED];
/** A program without a client, for the compiler. */
export const EMPTY = "(empty)";

/** The packages that a user installs; there is none for the others, as they are the platform's or generated. */
export const PACKAGES = [REFERENCE, OURS, "ky", "axios", "openai", "svix"];

/** The programs that generate from the contract, run by Node in bench/. */
export const GENERATORS: Record<string, string> = {
  [REFERENCE]: "../node_modules/openapi-typescript/bin/cli.js ../openapi.yaml -o .cache/schema.ts",
  [OURS]:
    "../node_modules/jiti/lib/jiti-cli.mjs ../scripts/generate.ts --spec ../openapi.yaml --out .cache/konpro-client",
  redocly:
    "../node_modules/@redocly/cli/bin/cli.js generate-client ../openapi.yaml -o .cache/redocly.ts --config ../redocly.yaml",
  "hey-api":
    "node_modules/@hey-api/openapi-ts/bin/run.js -s --no-log-file -i ../openapi.yaml -o .cache/hey-api -c @hey-api/client-fetch",
  orval: "node_modules/orval/dist/bin/orval.mjs --quiet",
};

/** Those whose types come from the contract, which no trial can find out. */
export const TYPED = [...VARIANTS, ...Object.keys(GENERATORS)];
