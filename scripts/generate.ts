// openapi.yaml → generated/: the types (openapi-typescript's output) and the table of operations.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createConfig } from "@redocly/openapi-core";
import {
  astToString,
  BOOLEAN,
  NULL,
  NUMBER,
  type OpenAPI3,
  resolveRef,
  type SchemaObject,
  STRING,
  scanDiscriminators,
  transformSchema,
  tsIntersection,
  tsLiteral,
  tsUnion,
} from "openapi-typescript";
import ts from "typescript";
import { type Contract, ContractError, type ContractOperation, readContract } from "./contract.js";
import { examplesModule } from "./examples.js";
import { orUsage } from "./usage.js";
import { VALIDATORS_TYPES, validatorsModule } from "./validators.js";

const USAGE = `Usage: npm run generate [-- --check] [-- --spec FILE] [-- --out DIR]
  --check      write nothing; exit 1 if a generated file is not what the contract gives
  --spec FILE  the OpenAPI 3.1 description (default: openapi.yaml)
  --out DIR    where to write (default: generated)`;

const HEADER = '// Made from the contract by "npm run generate". Do not edit: the next run overwrites it.\n\n';

/** Returns the exit code: 0 done, 1 the contract or the check failed, 2 wrong usage. */
export async function main(args: string[]): Promise<number> {
  const options = await orUsage(USAGE, () => readArguments(args));
  if (!options) return 2;
  const { spec, out, check } = options;
  try {
    const contract = await readContract(spec);
    console.log(`${spec}: ${contract.operations.length} operation(s)`);
    const files = new Map([
      ["schema.ts", HEADER + (await schemaModule(contract))],
      ["operations.ts", HEADER + operationsModule(contract)],
      ["examples.ts", HEADER + examplesModule(contract)],
      ["validators.js", HEADER + validatorsModule(contract)],
      ["validators.d.ts", HEADER + VALIDATORS_TYPES],
    ]);
    return await (check ? compare(out, files) : write(out, files));
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    console.error(`${error.message}\n${spec} cannot be used as it is; ${out}/ is unchanged.`);
    return 1;
  }
}

function readArguments(args: string[]) {
  return parseArgs({
    args,
    options: {
      spec: { type: "string", default: "openapi.yaml" },
      out: { type: "string", default: "generated" },
      check: { type: "boolean", default: false },
    },
  }).values;
}

/** openapi-typescript's output, with the schemas exported by their own names and open sets that still complete. */
async function schemaModule({ document, typeNames }: Contract): Promise<string> {
  const schema: OpenAPI3 = JSON.parse(JSON.stringify(document)); // a copy: openapi-typescript changes what it is given
  // What `openapiTS()` hands to its last step. Its first ones would lint and bundle a second time, and double the time.
  const context: Parameters<typeof transformSchema>[1] = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: true,
    discriminators: scanDiscriminators(schema, {}),
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    resolve: ($ref) => resolveRef(schema, $ref, { silent: true }),
    transform: openSet,
    transformProperty: undefined,
    redoc: await createConfig({}), // asked for, but not used
  };
  const aliases = [...typeNames].map(([name, type]) => `export type ${type} = components["schemas"]["${name}"];\n`);
  // A comment's later lines are indented so far that an editor would show a second paragraph as code.
  const text = typesOf(schema, context).replace(/^( +\*) {4}(?= )/gm, "$1");
  return `${text}\n${aliases.join("")}`;
}

function typesOf(...[schema, context]: Parameters<typeof transformSchema>): string {
  try {
    return astToString(transformSchema(schema, context));
  } catch (error) {
    throw new ContractError(
      `openapi-typescript makes no types from it: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** The types of JSON Schema that an open set can have. */
const BASES = new Map<unknown, ts.TypeNode>([
  ["string", STRING],
  ["number", NUMBER],
  ["integer", NUMBER],
  ["boolean", BOOLEAN],
]);

/** `"known" | "values" | (string & {})`, or another base: every value of that will do, and the known ones complete. */
function openSet(schema: SchemaObject): ts.TypeNode | undefined {
  const known: unknown = Reflect.get(schema, "x-extensible-enum");
  if (!Array.isArray(known)) return undefined;
  const kinds: unknown[] = [schema.type ?? known.map((value) => typeof value)].flat();
  const bases = new Set(kinds.flatMap((kind) => BASES.get(kind) ?? []));
  const open = [...bases].map((base) => tsIntersection([base, ts.factory.createTypeLiteralNode([])]));
  return tsUnion([...known.map(tsLiteral), ...open, ...(kinds.includes("null") ? [NULL] : [])]);
}

function operationsModule({ operations, server, keyHeader, secretMembers }: Contract): string {
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
  /** Success statuses that come without a body; every other success carries one. */
  readonly bodyless?: readonly string[];
  /** Set where the contract asks for no key: none is sent. */
  readonly keyless?: true;
}

/** Each operation by its \`operationId\`. */
export const operations: Readonly<Record<keyof Operations, Operation>> = {
${operations.map(tableRow).join("")}};

/** The operations' types; the client's methods take their descriptions from here. */
export interface Operations {
${operations.map(interfaceMember).join("\n")}}
`;
}

function tableRow({ id, method, path, bodyless, keyless }: ContractOperation): string {
  const fields = [`method: ${JSON.stringify(method)}`, `path: ${JSON.stringify(path)}`];
  if (bodyless.length > 0) fields.push(`bodyless: ${JSON.stringify(bodyless)}`);
  if (keyless) fields.push("keyless: true");
  return `  ${id}: { ${fields.join(", ")} },\n`;
}

function interfaceMember({ id, method, path, summary, description, deprecated }: ContractOperation): string {
  const paragraphs = [summary, description, `\`${method.toUpperCase()} ${path}\``].filter((text) => text !== undefined);
  const lines = paragraphs.flatMap((text, index) => [...(index > 0 ? [""] : []), ...text.trim().split(/\r?\n/)]);
  if (deprecated) lines.push("", "@deprecated The contract marks this operation as deprecated.");
  const comment = lines.map((line) => `   * ${line.replaceAll("*/", "*\\/")}`.trimEnd()).join("\n");
  return `  /**\n${comment}\n   */\n  ${id}: schema[${JSON.stringify(id)}];\n`;
}

async function compare(out: string, files: Map<string, string>): Promise<number> {
  let stale = 0;
  for (const [name, text] of files) {
    const file = join(out, name);
    if ((await readFile(file, "utf8").catch(() => undefined)) === text) continue;
    console.error(`${file} is not what the contract gives: run "npm run generate" and commit the result.`);
    stale = 1;
  }
  if (stale === 0) console.log(`${out}/ is up to date`);
  return stale;
}

/** Writes all files beside their targets before the first one is replaced, so that a failure leaves the old set whole. */
async function write(out: string, files: Map<string, string>): Promise<number> {
  await mkdir(out, { recursive: true });
  const temporary = (name: string) => join(out, `.${name}.${process.pid}`);
  try {
    for (const [name, text] of files) await writeFile(temporary(name), text);
    for (const name of files.keys()) await rename(temporary(name), join(out, name));
  } finally {
    for (const name of files.keys()) await rm(temporary(name), { force: true });
  }
  console.log(`${out}/: wrote ${[...files.keys()].join(", ")}`);
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = await main(process.argv.slice(2));
