// The contract → generated/requests.js: Ajv validators for parameters and request bodies, for konpro-client/testing.
import type { Checks, RequestChecks } from "../contract/checks.js";
import { bodyOf, parametersOf } from "../contract/document.js";
import type { Contract, ContractOperation } from "../contract/read.js";
import { NOTICE, plainCode } from "./validators.js";

/** The types of the module that {@link requestsModule} returns. */
export const REQUESTS_TYPES = `import type { Operations } from "./operations.js";
import type { Validate } from "./validators.js";

/** A parameter: where it is sent, and its name. */
export type Parameter = readonly ["path" | "query" | "header", name: string];

/** The rules for an operation's requests. */
export interface RequestRules {
  readonly parameters: readonly Parameter[];
  /** Checks an object of parameter values, by where they are sent; a value may be a string. Null without parameters. */
  readonly check: Validate | null;
  /** Null if the contract describes no body. */
  readonly body: { readonly isRequired: boolean; readonly check: Validate } | null;
}

/** Each operation's rules by its \`operationId\`. */
export declare const requests: Readonly<Record<keyof Operations, RequestRules>>;
`;

export function requestsModule(contract: Contract, checks: Checks): string {
  const parts = [scope("parameterChecks", checks.parameters), scope("bodyChecks", checks.bodies)];
  const [ofParameters, ofBodies] = parts.map(({ expression }) => expression);
  const rows = contract.operations.map((operation) => {
    const body = bodyOf(contract, operation);
    const parameters = parametersOf(contract, operation).map(({ value }) =>
      ["in", "name"].map((of) => Reflect.get(value, of)),
    );
    const members = [
      `parameters: ${JSON.stringify(parameters)}`,
      `check: ${ofParameters?.(operation)}`,
      `body: ${body ? `{ isRequired: ${body.isRequired}, check: ${ofBodies?.(operation)} }` : null}`,
    ];
    return `  ${operation.id}: { ${members.join(", ")} },\n`;
  });
  const imports = new Set(parts.flatMap(({ imports }) => imports));
  return `${NOTICE}${[...imports].join("")}${parts.map(({ code }) => code).join("")}
export const requests = {
${rows.join("")}};
`;
}

/** Validators in their own scope, since Ajv uses the same function names for each set. */
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
