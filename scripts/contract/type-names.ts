// The names of the types that schemas become.
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { formatPointer } from "./document.js";
import type { Problem } from "./rules/rule.js";

/** The names that the package exports besides the schemas' types, as the compiler sees them. */
export function exportedNames(index: string): string[] {
  const program = ts.createProgram([index], { module: ts.ModuleKind.NodeNext, noLib: true, types: [] });
  const file = program.getSourceFile(index);
  const module = file && program.getTypeChecker().getSymbolAtLocation(file);
  if (!module) throw new Error(`${index} exports nothing.`);
  const isSchema = ({ declarations = [] }: ts.Symbol) =>
    declarations.some((declaration) => declaration.getSourceFile().fileName.endsWith("/generated/schema.ts"));
  const exports = program.getTypeChecker().getExportsOfModule(module);
  return exports.filter((symbol) => !isSchema(symbol)).map(({ name }) => name);
}

let reserved: Set<string> | undefined;

/** Names that a schema's type would hide; openapi-typescript's output uses the last three. */
function reservedNames(): Set<string> {
  const index = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
  reserved ??= new Set([...exportedNames(index), "Record", "Omit", "WithRequired"]); // once: it takes half a second
  return reserved;
}

/** Schemas are exported by their own names, adapted where a type cannot have them: `foo-bar` becomes `FooBar`. */
export function nameTypes(schemas: object): { names: Map<string, string>; problems: Problem[] } {
  const names = new Map<string, string>();
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const name of Object.keys(schemas)) {
    const words = name.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    const type = words.join("").replace(/^(?=\d|$)/, "_");
    const owner = reservedNames().has(type) ? "the package" : owners.get(type);
    if (owner) {
      const message = `Schema "${name}" would have the type name ${type}, which ${owner} has: rename it.`;
      problems.push({ pointer: formatPointer(["components", "schemas", name]), message });
    }
    owners.set(type, `schema "${name}"`);
    names.set(name, type);
  }
  return { names, problems };
}
