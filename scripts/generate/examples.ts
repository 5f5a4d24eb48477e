// The contract → generated/examples.ts: its example responses, for konpro-client/testing.
import { examplesOf, responsesOf } from "../contract/document.js";
import type { Contract } from "../contract/read.js";

export function examplesModule(contract: Contract): string {
  const table: Record<string, Record<string, { mediaType: string | undefined; examples: object }>> = {};
  for (const operation of contract.operations) {
    const responses = responsesOf(contract, operation).map(({ status, mediaType, media }) => {
      const named = examplesOf(contract.document, media).map(({ name, value }) => [name, value]);
      return [status, { mediaType, examples: Object.fromEntries(named) }];
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
  /** Absent if the response has no body. */
  readonly mediaType?: string;
  readonly examples: Readonly<Record<string, unknown>>;
}

/** Each operation's responses by its \`operationId\`: the statuses in order, then ranges and \`default\`. */
export const examples: Readonly<Record<keyof ExampleNames, Readonly<Record<string, ResponseExamples>>>> =
${JSON.stringify(table, null, 2)};
`;
}
