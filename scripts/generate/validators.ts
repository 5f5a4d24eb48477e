// The contract → generated/validators.js: Ajv validators for JSON responses and events, as plain functions without eval.
import type { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import type { Checks } from "../contract/checks.js";

/** The types of the module that {@link validatorsModule} returns. */
export const VALIDATORS_TYPES = `/** Checks a value up to the first error; \`errors\` then says what is wrong and where. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly ValidateError[] | null;
}

/** One Ajv error: its message is about the schema, never about the value. */
export interface ValidateError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: {
    readonly missingProperty?: string;
    readonly additionalProperty?: string;
    readonly allowedValues?: readonly unknown[];
    readonly allowedValue?: unknown;
  };
}

/** By \`METHOD path\`, then by status, range or \`default\`; null for a response without a body. */
export declare const validators: Readonly<Record<string, Readonly<Record<string, Validate | null>>>>;

/** By webhook name: the validator of the posted event. */
export declare const events: Readonly<Record<string, Validate>>;
`;

export function validatorsModule({ ajv, schemas, events }: Checks): string {
  const ids = [...[...schemas.values()].flatMap((responses) => [...responses.values()]), ...events.values()];
  const { names, imports, code } = plainCode(
    ajv,
    ids.filter((id) => id !== null),
  );
  const rows = [...schemas].map(([operation, responses]) => {
    const cells = [...responses].map(([status, id]) => `${JSON.stringify(status)}: ${id && names.get(id)}`);
    return `  ${JSON.stringify(operation)}: { ${cells.join(", ")} },\n`;
  });
  return `${NOTICE}${imports.join("")}${code}
export const validators = {
${rows.join("")}};

export const events = {
${[...events].map(([name, id]) => `  ${JSON.stringify(name)}: ${names.get(id)},\n`).join("")}};
`;
}

/** The output contains code from Ajv. Bundlers keep `/*!` comments. */
export const NOTICE =
  "/*! Contains code from Ajv and ajv-formats, (c) Evgeny Poberezkin, MIT License: https://github.com/ajv-validator */\n";

/** Ajv's code generation takes quadratic time in the number of checks. */
const AT_ONCE = 100;

/** Validators as plain functions: their names by schema id, and their imports. */
export function plainCode(
  ajv: Ajv2020,
  ids: string[],
): { names: Map<string, string>; imports: string[]; code: string } {
  const names = new Map([...new Set(ids)].map((id, index) => [id, `check${index}`]));
  const all = [...names].map(([id, name]) => [name, id] as const);
  const parts = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) => {
    const some = all.slice(index * AT_ONCE, (index + 1) * AT_ONCE);
    const code = standalone.default(ajv, Object.fromEntries(some)).replace(/export (?=const check)/g, "");
    const list = some.map(([name]) => name).join(", ");
    return all.length <= AT_ONCE ? code : `\nconst { ${list} } = (() => {${code}\nreturn { ${list} };\n})();`;
  });
  return { names, ...withImports(parts.join("")) };
}

/** Ajv's code uses `require` and "use strict", even in ES modules. */
function withImports(code: string): { imports: string[]; code: string } {
  const imports = new Map<string, string>();
  const body = code
    .replaceAll('"use strict";', "")
    .replace(/require\("([^"]+)"\)(\.default)?/g, (_, module: string, isDefault?: string) => {
      const name = module.replace(/.*\//, "");
      // Loaders disagree about the default export of a CommonJS module.
      const interop = isDefault ? `\nconst ${name} = ${name}Module.default.default ?? ${name}Module.default;` : "";
      imports.set(module, `import * as ${name}${isDefault ? "Module" : ""} from "${module}.js";${interop}\n`);
      return name;
    });
  return { imports: [...imports.values()], code: body };
}
