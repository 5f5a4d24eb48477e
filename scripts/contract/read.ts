// Reads and checks a contract, and collects the input for the client, its types, its mock and its tests.
import type { Oas3_1Definition } from "@redocly/openapi-core";
import { METHODS, responsesOf } from "./document.js";
import { parseFile } from "./parse.js";
import { ContractError, type Problem } from "./problem.js";
import { names } from "./rules/names.js";
import { parameters } from "./rules/parameters.js";
import { paths } from "./rules/paths.js";
import { responses } from "./rules/responses.js";
import { applyRules } from "./rules/rule.js";
import { schemas } from "./rules/schemas.js";
import { secretMembers, secrets } from "./rules/secrets.js";
import { server } from "./rules/server.js";
import { references } from "./rules/unions.js";
import { Reading } from "./walk.js";

/** What the client needs to know about one operation. */
export interface ContractOperation {
  /** Its `operationId`: the name of the client's method. */
  id: string;
  method: string;
  path: string;
  summary: string | undefined;
  description: string | undefined;
  deprecated: boolean;
  /** For each declared 2xx response, whether it has a body. */
  bodies: Record<string, boolean>;
  /** Whether it is called without the key. */
  keyless: boolean;
}

export interface Contract {
  document: Oas3_1Definition;
  reading: Reading;
  operations: ContractOperation[];
  server: string;
  /** In lower case, as in `Headers`. */
  keyHeader: string;
  /** Names of the members that contain a credential (`format: password`). */
  secretMembers: string[];
  /** The position of the last name of a pointer, as `file:line:column`. */
  placeOf: (pointer: string[]) => string;
}

const RULES = [names, paths, parameters, responses, schemas, references, secrets, server].flat();

/** Reads and checks a contract; throws a {@link ContractError} if no client can be generated from it. */
export async function readContract(file: string): Promise<Contract> {
  const { value, placeOf } = await parseFile(file);
  const reject = (problems: Problem[]) => {
    const lines = problems.map(({ pointer, message }) => `${placeOf(pointer)}: ${message}`);
    if (lines.length > 0) throw new ContractError([...new Set(lines)].join("\n"));
  };
  reject(versionProblems(value));
  const reading = new Reading(Object(value));
  reject(reading.problems);
  reject(applyRules(RULES, reading));
  const document: Oas3_1Definition = Object(value); // already checked against LANGUAGE
  const [scheme] = reading.nodes("SecurityScheme");
  return {
    document,
    reading,
    operations: readOperations(document),
    server: String(document.servers?.[0]?.url),
    // Without a security scheme no key is sent, but the client still needs a header name.
    keyHeader: String(scheme?.value.name ?? "x-api-key").toLowerCase(),
    secretMembers: secretMembers(reading),
    placeOf,
  };
}

/** For an unsupported version, this is the only problem to report: all others would follow from it. */
function versionProblems(document: unknown): Problem[] {
  const { openapi } = Object(document);
  if (typeof openapi === "string" && /^3\.1\.\d+$/.test(openapi)) return [];
  const what =
    openapi === undefined ? "`openapi` is missing" : `${JSON.stringify(openapi)} is not a version like "3.1.0"`;
  const message = `${what}. Write \`openapi: 3.1.0\`, and convert a description of another version.`;
  return [{ pointer: ["openapi"], message }];
}

function readOperations(document: Oas3_1Definition): ContractOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => {
      const {
        operationId,
        summary,
        description,
        deprecated = false,
        security = document.security,
      } = Object(Reflect.get(item, method));
      const okResponses = responsesOf({ document }, { path, method }).filter(({ status }) => status.startsWith("2"));
      const bodies = Object.fromEntries(okResponses.map(({ status, mediaType }) => [status, mediaType !== undefined]));
      const keyless = !security?.some((scheme: object) => Object.keys(scheme).length > 0);
      return { id: operationId, method, path, summary, description, deprecated, bodies, keyless };
    }),
  );
}
