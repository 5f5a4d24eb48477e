// The contract → generated/requests.js: Ajv's checks of parameters and bodies, for konpro-client/testing.
import type { Checks, RequestChecks } from "../contract/checks.js";
import { bodyOf, children, locate, type Place, parametersOf } from "../contract/document.js";
import type { Contract, ContractOperation } from "../contract/read.js";
import { NOTICE, plainCode } from "./validators.js";

/** The types of the module that {@link requestsModule} gives. */
export const REQUESTS_TYPES = `import type { Operations } from "./operations.js";
import type { Validate } from "./validators.js";

/** A parameter: where it is sent, its name, and whether it may be more than one value. */
export type Parameter = readonly ["path" | "query" | "header", name: string, kind?: "list" | "object"];

/** What an operation asks of a request. */
export interface RequestRules {
  readonly parameters: readonly Parameter[];
  /** Checks an object of the parameters' values, by where they are sent; a value may be text. Null where there are none. */
  readonly check: Validate | null;
  /** Null where the contract describes no body. The check is null where it describes no schema. */
  readonly body: { readonly type: string; readonly isRequired: boolean; readonly check: Validate | null } | null;
}

/** Each operation's rules by its \`operationId\`. */
export declare const requests: Readonly<Record<keyof Operations, RequestRules>>;
`;

export function requestsModule(contract: Contract, { parameters, bodies }: Checks): string {
  const parts = [scope("parameterChecks", parameters), scope("bodyChecks", bodies)];
  const [ofParameters, ofBodies] = parts.map(({ expression }) => expression);
  const rows = contract.operations.map((operation) => {
    const body = bodyOf(contract, operation);
    const type = body?.type.replace(/;.*/, "").trim().toLowerCase();
    const members = [
      `parameters: ${JSON.stringify(parametersOf(contract, operation).map((place) => rowOf(contract, place)))}`,
      `check: ${ofParameters?.(operation)}`,
      `body: ${body ? `{ type: "${type}", isRequired: ${body.isRequired}, check: ${ofBodies?.(operation)} }` : null}`,
    ];
    return `  ${operation.id}: { ${members.join(", ")} },\n`;
  });
  const imports = new Set(parts.flatMap(({ imports }) => imports));
  return `${NOTICE}${[...imports].join("")}${parts.map(({ code }) => code).join("")}
export const requests = {
${rows.join("")}};
`;
}

/** Checks in a scope of their own, since Ajv gives the functions of each set the same names. */
function scope(variable: string, { ajv, schemas }: RequestChecks) {
  const { names, imports, code } = plainCode(ajv, [...schemas.values()]);
  return {
    imports,
    code: `\nconst ${variable} = (() => {${code}\nreturn { ${[...names.values()].join(", ")} };\n})();\n`,
    expression({ id }: ContractOperation): string {
      const name = names.get(schemas.get(id) ?? "");
      return name === undefined ? "null" : `${variable}.${name}`;
    },
  };
}

function rowOf({ document }: Contract, { pointer, value }: Place): unknown[] {
  const kinds = kindsOf(document, locate(document, [...pointer, "schema"]));
  const kind = ["object", "list"].find((kind) => kinds.includes(kind === "list" ? "array" : kind));
  return [Reflect.get(value, "in"), Reflect.get(value, "name"), ...(kind === undefined ? [] : [kind])];
}

/** The types that a schema names, and those of the schemas that it is composed of. */
function kindsOf(document: object, { pointer, value }: Place, seen = new Set<object>()): unknown[] {
  if (seen.has(value)) return [];
  seen.add(value);
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((name) =>
    children(document, { pointer, value }, name).map(([, part]) => kindsOf(document, part, seen)),
  );
  return [Reflect.get(value, "type"), ...parts].flat();
}
