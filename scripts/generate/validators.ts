// The contract → generated/validators.js: Ajv's checks of JSON answers and events, as plain functions that need no eval.
import type { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import type { Checks } from "../contract/checks.js";

/** The types of the module that {@link validatorsModule} gives. */
export const VALIDATORS_TYPES = `/** Checks a value; afterwards, its \`errors\` say what is wrong and where. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly ValidateError[] | null;
}

/** What Ajv says of one error: a text about the schema, never about the value. */
export interface ValidateError {
  readonly instancePath: string;
  readonly message: string;
  readonly params: {
    readonly missingProperty?: string;
    readonly additionalProperty?: string;
    readonly allowedValues?: readonly unknown[];
    readonly allowedValue?: unknown;
  };
}

/** By \`METHOD path\`, then by status, range or \`default\`; null where the contract describes no JSON. */
export declare const validators: Readonly<Record<string, Readonly<Record<string, Validate | null>>>>;

/** By the name of a webhook: the check of what is posted. */
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

/** Code of Ajv is part of the output. Bundlers keep comments of this kind. */
export const NOTICE =
  "/*! With code of Ajv and ajv-formats, (c) Evgeny Poberezkin, MIT License: https://github.com/ajv-validator */\n";

/** Ajv takes time in proportion to the square of the number of checks that it writes at once. */
const AT_ONCE = 100;

/** Checks as plain functions: their names by the ids of their schemas, and what they import. */
export function plainCode(
  ajv: Ajv2020,
  ids: string[],
): { names: Map<string, string>; imports: string[]; code: string } {
  const names = new Map([...new Set(ids)].map((id, index) => [id, `check${index}`]));
  const all = [...names].map(([id, name]) => [name, id] as const);
  const parts = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) => {
    const some = all.slice(index * AT_ONCE, (index + 1) * AT_ONCE);
    const code = standalone.default(ajv, Object.fromEntries(some)).replace(/export (?=const check)/g, "");
    const made = some.map(([name]) => name).join(", ");
    return all.length <= AT_ONCE ? code : `\nconst { ${made} } = (() => {${code}\nreturn { ${made} };\n})();`;
  });
  return { names, ...withImports(withLinearErrors(parts.join(""))) };
}

/** How Ajv's code adds the errors of a referenced check: it copies all errors so far, for each item of a list. */
const COPY = /vErrors = vErrors === null \? ([\w.]+)\.errors : vErrors\.concat\(\1\.errors\);/g;

/** Where Ajv's code calls the check of a reference. */
const CALL = /,dynamicAnchors\}\)/g;

const ADD_ERRORS = `
function addErrors(errors, more) {
if(errors === null) return more;
for(const error of more) errors.push(error);
return errors;
}
`;

/**
 * Adds errors in place instead, so that a check takes time in proportion to the size of the answer and the number of errors.
 * The exception is `uniqueItems` where items may be objects or lists: it compares each item with every other.
 */
export function withLinearErrors(code: string): string {
  const calls = code.match(CALL)?.length ?? 0;
  if (calls !== (code.match(COPY)?.length ?? 0)) {
    throw new Error("This version of Ajv writes references in a way that withLinearErrors() does not know.");
  }
  return calls === 0 ? code : code.replace(COPY, "vErrors = addErrors(vErrors, $1.errors);") + ADD_ERRORS;
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
