// The page of the types that the package exports for the contract's schemas.
import { constantName } from "../generate/values.js";
import { type Contract, locate } from "./contract.js";
import { code, prose, text } from "./markdown.js";
import { page } from "./operation-page.js";
import { child, get, schemaTable, typeOf } from "./schema-table.js";

/** The page's path, for links from other pages. */
export const TYPES_PAGE = "/reference/contract-types";

/** Each type with its companion exports: for an open set, its known values and their type. */
export const exportsOf = ({ document }: Contract) =>
  Object.keys(document.components?.schemas ?? {}).map((name) => {
    const known = Array.isArray(get(locate(document, ["components", "schemas", name]).value, "x-extensible-enum"));
    return { name, beside: known ? [constantName(name), `Known${name}`] : [] };
  });

export function typesPage(contract: Contract): string {
  const sections = exportsOf(contract).map(({ name, beside: [values, known] }) => {
    const schema = child(contract.document, locate(contract.document, ["components"]), "schemas", name);
    const fields = schemaTable(contract.document, schema);
    const set = get(schema.value, "x-extensible-enum");
    return [
      `## ${text(name)}`,
      prose(String(get(schema.value, "description") ?? "")),
      fields || `In TypeScript: ${typeOf(contract.document, schema)}.`,
      values && Array.isArray(set)
        ? `${code(values)} lists the values known today, and ${code(known ?? "")} is their type: ${set.map((value) => code(String(value))).join(", ")}.`
        : "",
    ];
  });
  return page({
    title: "Types of the contract",
    description: "The types that the package exports for the schemas of the contract, with each field.",
    parts: ["All of them are exported by `konpro-client`, under these names.", ...sections.flat()],
  });
}
