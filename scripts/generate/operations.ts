// The contract → generated/operations.ts: what the client needs to know about each operation.
import { bodyOf, locate, operationKey, parametersOf, responsesOf } from "../contract/document.js";
import type { Contract, ContractOperation } from "../contract/read.js";

export function operationsModule(contract: Contract): string {
  const { operations, server, keyHeader, secretMembers } = contract;
  const has = (feature: string, of: (operation: ContractOperation) => boolean) =>
    `export const ${feature} = ${operations.some(of)};`;
  return `import type { operations as schema } from "./schema.js";

/** The API's first server: the default \`baseUrl\`. */
export const server = ${JSON.stringify(server)};

/** The header that carries the key. */
export const keyHeader = ${JSON.stringify(keyHeader)};

/** Names of members that contain a credential. */
export const secretMembers: readonly string[] = ${JSON.stringify(secretMembers)};

/** Features that only some contracts use; when a flag is false, bundlers drop the code. */
${has("hasPathParameters", ({ path }) => path.includes("{"))}
${has("hasListsOrDatesInQuery", (operation) => hasListOrDate(contract, operation))}
${has("hasResponsesWithoutBody", ({ bodies }) => Object.values(bodies).includes(false))}

/** What the client needs to know about an operation at run time. */
export interface Operation {
  readonly method: "get" | "put" | "post" | "delete" | "options" | "head" | "patch";
  readonly path: string;
  /** The required options of a call: \`["params", "query", NAME]\`, \`["body"]\`. */
  readonly needs?: readonly (readonly string[])[];
  /** For each declared 2xx response, whether it has a body; absent if all of them have one. */
  readonly bodies?: Readonly<Record<string, boolean>>;
  /** Set if the operation needs no key; then none is sent. */
  readonly keyless?: true;
}

/** Each operation by its \`operationId\`. */
export const operations: Readonly<Record<keyof Operations, Operation>> = {
${operations.map((operation) => tableRow(contract, operation)).join("")}};

/** The operations' types; the client's methods take their descriptions from here. */
export interface Operations {
${operations.map(interfaceMember).join("\n")}}

/** The codes of the API's errors. */
export type ErrorCode = ${errorCode(contract)};
`;
}

/** The values of `error.code`, or of `code`, in the error responses' schemas; the API may send others. */
function errorCode({ document, operations }: Contract): string {
  const responses = operations.flatMap((operation) => responsesOf({ document }, operation));
  const known = responses
    .filter(({ status }) => !status.startsWith("2"))
    .flatMap(({ media }) => [["error", "code"], ["code"]].map((names) => codesAt(document, media.pointer, names)))
    .flat();
  const literals = [...new Set(known)].map((code) => JSON.stringify(code));
  return literals.length > 0 ? [...literals, "(string & {})"].join(" | ") : "string";
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

function tableRow(contract: Contract, operation: ContractOperation): string {
  const { id, method, path, bodies, keyless } = operation;
  const needs = needsOf(contract, operation);
  const fields = {
    method,
    path,
    needs: needs.length > 0 ? needs : undefined,
    bodies: Object.values(bodies).includes(false) ? bodies : undefined,
    keyless: keyless || undefined,
  };
  const written = Object.entries(fields).filter(([, value]) => value !== undefined);
  return `  ${id}: { ${written.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", ")} },\n`;
}

/** The paths of a call's required options. */
function needsOf(contract: Contract, operation: ContractOperation): string[][] {
  const required = parametersOf(contract, operation).filter(({ value }) => Reflect.get(value, "required") === true);
  const needs = required.map(({ value }) => ["params", `${Reflect.get(value, "in")}`, `${Reflect.get(value, "name")}`]);
  return bodyOf(contract, operation)?.isRequired ? [...needs, ["body"]] : needs;
}

/** Whether an operation has a query parameter that openapi-fetch does not serialise correctly. */
function hasListOrDate(contract: Contract, operation: ContractOperation): boolean {
  return parametersOf(contract, operation).some(({ value, pointer }) => {
    const { type, format } = Object(locate(contract.document, [...pointer, "schema"]).value);
    return Reflect.get(value, "in") === "query" && (type === "array" || `${format}`.startsWith("date"));
  });
}

function interfaceMember(operation: ContractOperation): string {
  const { id, summary, description, deprecated } = operation;
  const paragraphs = [summary, description, `\`${operationKey(operation)}\``].filter((text) => text !== undefined);
  const lines = paragraphs.flatMap((text, index) => [...(index > 0 ? [""] : []), ...text.trim().split(/\r?\n/)]);
  if (deprecated) lines.push("", "@deprecated The contract marks this operation as deprecated.");
  const comment = lines.map((line) => `   * ${line.replaceAll("*/", "*\\/")}`.trimEnd()).join("\n");
  return `  /**\n${comment}\n   */\n  ${id}: schema[${JSON.stringify(id)}];\n`;
}
