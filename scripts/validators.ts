// The contract → generated/validators.js: Ajv's checks of JSON answers, as plain functions that need no eval.
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValueScopeName } from "ajv/dist/compile/codegen/index.js";
import { SchemaEnv } from "ajv/dist/compile/index.js";
import type { AnyValidateFunction, SourceCode } from "ajv/dist/types/index.js";
import formats from "ajv-formats";
import { type Contract, ContractError } from "./contract.js";
import { formatPointer, isJson, locate, lookUp, responsesOf } from "./responses.js";

/** The types of the module that {@link validatorsModule} gives. */
export const VALIDATORS_TYPES = `/** Checks a value; its \`errors\` then say where that does not fit. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly ValidateError[] | null;
}

/** What Ajv says of one misfit: a text about the schema, never about the value. */
export interface ValidateError {
  readonly instancePath: string;
  readonly message: string;
  readonly params: { readonly missingProperty?: string };
}

/** By \`METHOD path\`, then by status, range or \`default\`; null where the contract describes no JSON. */
export declare const validators: Readonly<Record<string, Readonly<Record<string, Validate | null>>>>;
`;

/** Its code is bundled with ours. Bundlers keep comments of this kind. */
const NOTICE =
  "/*! With code of Ajv and ajv-formats, (c) Evgeny Poberezkin, MIT License: https://github.com/ajv-validator */\n";

export function validatorsModule(contract: Contract): string {
  // Open by design: formats and keywords that Ajv does not know are notes to the reader.
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    validateSchema: false,
    addUsedSchema: false,
    // Bundlers optimize. And as the source alone is wanted, Ajv need not compile it: that would take half of the time.
    code: { source: true, esm: true, lines: true, optimize: false, process: () => "return () => true" },
  });
  formats.default(ajv);
  refuse(contract, "#/", () => ajv.addSchema(Object(withoutNotes(contract.document)), "contract"));

  const names = new Map<string, string>();
  const rows = contract.operations.map((operation) => {
    const cells = responsesOf(contract, operation).map(({ status, mediaType, media }) => {
      if (!mediaType || !isJson(mediaType) || !("schema" in media.value)) return `${JSON.stringify(status)}: null`;
      const schema = formatPointer(schemaOf(contract, [...media.pointer, "schema"]));
      const name = names.get(schema) ?? `check${names.size}`;
      names.set(schema, name);
      return `${JSON.stringify(status)}: ${name}`;
    });
    return `  ${JSON.stringify(`${operation.method.toUpperCase()} ${operation.path}`)}: { ${cells.join(", ")} },\n`;
  });

  const imports = new Map<string, string>();
  const seen = new Set<ValueScopeName>();
  const checks = [...names].map(([schema, name]) => {
    const { validateName } = refuse(contract, schema, () => compile(ajv, schema));
    return `${codeOf(validateName, seen, imports)}const ${name} = ${validateName};\n`;
  });
  return `${NOTICE}${[...imports.values()].join("")}${checks.join("")}
export const validators = {
${rows.join("")}};
`;
}

function compile(ajv: Ajv2020, schema: string): SourceCode {
  const source = ajv.getSchema(`contract${schema}`)?.source;
  if (source) return source;
  throw new Error("it is not there");
}

function refuse<T>({ placeOf }: Contract, pointer: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const message = error instanceof Error ? error.message : error;
    throw new ContractError(`${placeOf(pointer)}: No check of answers can be made from what stands here: ${message}`);
  }
}

/**
 * The code that a name stands for, with all that it needs and is not written yet. Ajv's own `standalone` takes
 * quadratic time for many checks.
 */
function codeOf(name: ValueScopeName, seen: Set<ValueScopeName>, imports: Map<string, string>): string {
  if (seen.has(name)) return "";
  seen.add(name);
  const { ref, code } = name.value ?? {};
  if (code) return withImports(`const ${name} = ${code};\n`, imports);
  // A schema that contains itself was not compiled yet when its own code was written.
  if (ref instanceof SchemaEnv && ref.validateName) {
    return `const ${name} = {validate: ${ref.validateName}};\n${codeOf(ref.validateName, seen, imports)}`;
  }
  if (!isCheck(ref)) throw new Error(`Ajv gives no code for ${name}`);
  const { scopeValues, validateCode, evaluated } = ref.source;
  const needs = Object.values(scopeValues).flatMap((names) => [...(names ?? [])]);
  return [
    ...needs.map((need) => codeOf(need, seen, imports)),
    withImports(validateCode, imports),
    evaluated ? `${name}.evaluated = ${evaluated};\n` : "",
  ].join("");
}

function isCheck(ref: unknown): ref is Required<AnyValidateFunction> {
  return typeof ref === "function" && "source" in ref;
}

/** Schemas that are nothing but a reference share the check of what they refer to. */
function schemaOf({ document }: Contract, pointer: string[]): string[] {
  const alone = Object.keys(Object(lookUp(document, pointer))).every((name) => name === "$ref");
  return alone ? locate(document, pointer).pointer : pointer;
}

/** Members that explain a schema and check nothing. Without them, a change of wording changes no code. */
const NOTES = ["title", "description", "summary", "example", "examples", "externalDocs", "deprecated", "default"];

/** Members whose own members are names that the contract chose. */
const MAPS = [
  "properties",
  "patternProperties",
  "$defs",
  "dependentSchemas",
  "dependentRequired",
  "schemas",
  "responses",
  "content",
];

/** Members whose value is data. */
const DATA = ["enum", "const"];

function withoutNotes(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNotes(item));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => isMap || !(NOTES.includes(name) || name.startsWith("x-")));
  return Object.fromEntries(
    kept.map(([name, item]) => [
      name,
      !isMap && DATA.includes(name) ? item : withoutNotes(item, !isMap && MAPS.includes(name)),
    ]),
  );
}

/** Ajv writes `require`, in its ES modules too. And its texts come in many small pieces, which this makes one. */
function withImports(code: string, imports: Map<string, string>): string {
  return code.replace(/require\("([^"]+)"\)(\.default)?/g, (_, module: string, isDefault?: string) => {
    const name = module.replace(/.*\//, "");
    // Loaders do not agree on what the default of a CommonJS module is.
    const interop = isDefault ? `\nconst ${name} = ${name}Module.default.default ?? ${name}Module.default;` : "";
    imports.set(module, `import * as ${name}${isDefault ? "Module" : ""} from "${module}.js";${interop}\n`);
    return name;
  });
}
