// The contract → generated/operations.ts: what the client must know of each operation.
import { locate, operationKey, responsesOf } from "../contract/document.js";
import type { Contract, ContractOperation } from "../contract/read.js";

export function operationsModule(contract: Contract): string {
  const { operations, server, keyHeader, secretMembers } = contract;
  return `import type { operations as schema } from "./schema.js";

/** The API's first server: the default \`baseUrl\`. */
export const server = ${JSON.stringify(server)};

/** The header that carries the key. */
export const keyHeader = ${JSON.stringify(keyHeader)};

/** Names of members that hold a credential wherever they occur. */
export const secretMembers: readonly string[] = ${JSON.stringify(secretMembers)};

/** What the client must know of an operation at run time. */
export interface Operation {
  readonly method: "get" | "put" | "post" | "delete" | "options" | "head" | "patch";
  readonly path: string;
  /** The media types of its answers, where they are not \`application/json\` alone. */
  readonly accept?: string;
  /** The media type of its body, where it is not \`application/json\`. */
  readonly body?: string;
  /** How the body of a success is read, where it is not JSON. */
  readonly read?: "text" | "blob";
  /** For each declared success, whether it has a body; absent where all of them have one. */
  readonly bodies?: Readonly<Record<string, boolean>>;
  /** Set where the contract asks for no key: none is sent. */
  readonly keyless?: true;
}

/** Each operation by its \`operationId\`. */
export const operations: Readonly<Record<keyof Operations, Operation>> = {
${operations.map(tableRow).join("")}};

/** The operations' types; the client's methods take their descriptions from here. */
export interface Operations {
${operations.map(interfaceMember).join("\n")}}

/** The codes of the API's errors. */
export type ErrorCode = ${errorCode(contract)};
`;
}

/** The values of `error.code`, or of `code`, that any error response names; the API may send others. */
function errorCode({ document, operations }: Contract): string {
  const responses = operations.flatMap((operation) => responsesOf({ document }, operation));
  const known = responses
    .filter(({ status, mediaType }) => !status.startsWith("2") && mediaType !== undefined)
    .flatMap(({ media }) => [["error", "code"], ["code"]].map((names) => codesAt(document, media.pointer, names)))
    .flat();
  const texts = [...new Set(known)].map((code) => JSON.stringify(code));
  return texts.length > 0 ? [...texts, "(string & {})"].join(" | ") : "string";
}

function codesAt(document: object, media: string[], names: string[]): string[] {
  const place = [...media, "schema", ...names.flatMap((name) => ["properties", name])];
  const {
    const: only,
    enum: values = [only],
    "x-extensible-enum": known = values,
  } = Object(locate(document, place).value);
  return known.filter((value: unknown) => typeof value === "string");
}

function tableRow(operation: ContractOperation): string {
  const { id, method, path, bodies, keyless } = operation;
  const fields = [`method: ${JSON.stringify(method)}`, `path: ${JSON.stringify(path)}`];
  if (Object.values(bodies).includes(false)) fields.push(`bodies: ${JSON.stringify(bodies)}`);
  if (keyless) fields.push("keyless: true");
  return `  ${id}: { ${fields.join(", ")} },\n`;
}

function interfaceMember(operation: ContractOperation): string {
  const { id, summary, description, deprecated } = operation;
  const paragraphs = [summary, description, `\`${operationKey(operation)}\``].filter((text) => text !== undefined);
  const lines = paragraphs.flatMap((text, index) => [...(index > 0 ? [""] : []), ...text.trim().split(/\r?\n/)]);
  if (deprecated) lines.push("", "@deprecated The contract marks this operation as deprecated.");
  const comment = lines.map((line) => `   * ${line.replaceAll("*/", "*\\/")}`.trimEnd()).join("\n");
  return `  /**\n${comment}\n   */\n  ${id}: schema[${JSON.stringify(id)}];\n`;
}
