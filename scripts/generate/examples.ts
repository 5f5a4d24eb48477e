// The contract → generated/examples.ts: its example answers, for konpro-client/testing.
import type { Checks } from "../contract/checks.js";
import { type DeclaredResponse, examplesOf, lookUp, operationKey, responsesOf } from "../contract/document.js";
import type { Contract } from "../contract/read.js";
import { madeExample } from "./made-example.js";

export function examplesModule(contract: Contract, checks: Checks): string {
  const table: Record<string, Record<string, { mediaType: string | undefined; examples: object }>> = {};
  for (const operation of contract.operations) {
    const responses = responsesOf(contract, operation).map((response) => {
      const { status, mediaType, media } = response;
      const named = examplesOf(contract.document, media).filter(({ value }) => value !== undefined);
      const written = Object.fromEntries(named.map(({ name, value }) => [name, value]));
      const check = checks.schemas.get(operationKey(operation))?.get(status);
      const examples = Object.keys(written).length > 0 ? written : madeOf(contract, checks, response, check);
      return [status, { mediaType, examples }];
    });
    table[operation.id] = Object.fromEntries(responses);
  }
  const names = Object.entries(table).map(([id, responses]) => {
    const members = Object.entries(responses).map(([status, { examples }]) => {
      const union = Object.keys(examples).map((name) => JSON.stringify(name));
      return `    ${JSON.stringify(status)}: ${union.join(" | ") || "never"};\n`;
    });
    return `  ${id}: {\n${members.join("")}  };\n`;
  });
  return `/** The names of each operation's examples, by status, range or \`default\`. */
export interface ExampleNames {
${names.join("")}}

/** The example bodies of one response. */
export interface ResponseExamples {
  /** Absent where the response has no body. */
  readonly mediaType?: string;
  readonly examples: Readonly<Record<string, unknown>>;
}

/** Each operation's responses by its \`operationId\`: the statuses in order, then ranges and \`default\`. */
export const examples: Readonly<Record<keyof ExampleNames, Readonly<Record<string, ResponseExamples>>>> =
${JSON.stringify(table, null, 2)};
`;
}

/** One example made from the schema, if it fits it. */
function madeOf(
  { document }: Contract,
  { ajv }: Checks,
  { media }: DeclaredResponse,
  check: string | null | undefined,
) {
  const example = madeExample(document, lookUp(document, [...media.pointer, "schema"]));
  // What is not JSON is sent as text.
  const fits = check ? ajv.getSchema(check)?.(example) : typeof example === "string";
  return example !== undefined && fits ? { example } : {};
}
