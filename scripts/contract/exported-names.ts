// The names that the package exports besides the schemas' types.
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The names that a module exports, as the compiler sees them, but for those of generated files about schemas. */
export function exportedNames(index: string): string[] {
  const program = ts.createProgram([index], { module: ts.ModuleKind.NodeNext, noLib: true, types: [] });
  const file = program.getSourceFile(index);
  const module = file && program.getTypeChecker().getSymbolAtLocation(file);
  if (!module) throw new Error(`${index} exports nothing.`);
  const isSchema = ({ declarations = [] }: ts.Symbol) =>
    declarations.some((declaration) => /\/generated\/(schema|values)\.ts$/.test(declaration.getSourceFile().fileName));
  const exports = program.getTypeChecker().getExportsOfModule(module);
  return exports.filter((symbol) => !isSchema(symbol)).map(({ name }) => name);
}

let reserved: Set<string> | undefined;

/** Names that a type of the contract would hide: what the package exports, and what its types are made of. */
export function reservedNames(): Set<string> {
  const index = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
  reserved ??= new Set([...exportedNames(index), ...GLOBALS.split(" ")]); // once: it takes half a second
  return reserved;
}

/** Types of JavaScript, TypeScript and the web platform that the package's own types may use. */
const GLOBALS =
  "AbortSignal Array ArrayBuffer Awaited BigInt Blob Boolean BodyInit Date Error EvalError Exclude Extract FormData Function " +
  "Headers HeadersInit InstanceType Iterable Map NoInfer NonNullable Number Object Omit Parameters Partial Pick Promise " +
  "PromiseLike Proxy RangeError ReadableStream Readonly ReadonlyArray Record RegExp Request RequestInit Required Response " +
  "ResponseInit ReturnType Set String Symbol SyntaxError TypeError URL URLSearchParams Uint8Array WeakMap WeakSet WithRequired";
