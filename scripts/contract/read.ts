// Reads a contract, checks it and collects what the client, its types, its mock and its tests are made from.
import type { Oas3_1Definition } from "@redocly/openapi-core";
import { METHODS, responsesOf } from "./document.js";
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
import { readSource } from "./source.js";
import { isObject, Reading } from "./understand.js";

/** One operation of the contract, with what the client must know of it. */
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
  /** In lower case, as `Headers` lists it. */
  keyHeader: string;
  /** Names of the members that hold a credential (`format: password`). */
  secretMembers: string[];
  /** Where the last name of a pointer is written, as `file:line:column`. */
  placeOf: (pointer: string[]) => string;
}

const RULES = [names, paths, parameters, responses, schemas, references, secrets, server].flat();

/** Reads and checks a contract; throws a {@link ContractError} if no client can be made from it. */
export async function readContract(file: string): Promise<Contract> {
  const { value, placeOf } = await readSource(file);
  const refuse = (problems: Problem[]) => {
    const lines = problems.map(({ pointer, message }) => `${placeOf(pointer)}: ${message}`);
    if (lines.length > 0) throw new ContractError([...new Set(lines)].join("\n"));
  };
  refuse(versionProblems(value));
  const reading = new Reading(Object(value));
  refuse(reading.problems);
  refuse(applyRules(RULES, reading));
  const document: Oas3_1Definition = Object(value); // which the table has checked
  const [scheme] = reading.nodes("SecurityScheme");
  return {
    document,
    reading,
    operations: readOperations(document),
    server: String(document.servers?.[0]?.url),
    // Without a described key none is sent, but the client needs a name all the same.
    keyHeader: String(scheme?.value.name ?? "x-api-key").toLowerCase(),
    secretMembers: secretMembers(reading),
    placeOf,
  };
}

/** Of another version than ours, this is the one problem to report: the rest follows from it. */
function versionProblems(document: unknown): Problem[] {
  if (!isObject(document))
    return [{ pointer: [], message: "This is not an OpenAPI description. Write `openapi: 3.1.0`." }];
  const { openapi, swagger } = document;
  if (swagger !== undefined)
    return [{ pointer: ["swagger"], message: "Swagger 2 is not understood. Convert it to OpenAPI 3.1." }];
  if (typeof openapi === "string" && /^3\.1\.\d+$/.test(openapi)) return [];
  const what =
    openapi === undefined ? "`openapi` is missing" : `This is not a version 3.1.x as text: ${JSON.stringify(openapi)}`;
  return [
    { pointer: ["openapi"], message: `${what}. Write \`openapi: 3.1.0\`; convert a description of another version.` },
  ];
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
      const successes = responsesOf({ document }, { path, method }).filter(({ status }) => status.startsWith("2"));
      const bodies = Object.fromEntries(successes.map(({ status, mediaType }) => [status, mediaType !== undefined]));
      const keyless = !security?.some((scheme: object) => Object.keys(scheme).length > 0);
      return { id: operationId, method, path, summary, description, deprecated, bodies, keyless };
    }),
  );
}
