// The types that the package exports for the schemas of the contract, on one page.
import { constantName } from "../generate/values.js";
import { type Contract, locate } from "./contract.js";
import { code, prose, text } from "./markdown.js";
import { page } from "./operation-page.js";
import { child, get, schemaTable, typeOf } from "./schema-table.js";

/** Where the page is, for links from other pages. */
export const TYPES_PAGE = "/reference/contract-types";

/** Each type with what is exported beside it: for an open set its known values, and their type. */
export const exportsOf = ({ document }: Contract) =>
  Object.entries(Object(document.components?.schemas)).map(([type, schema]) => {
    const known = Array.isArray(get(schema, "x-extensible-enum"));
    return { type, beside: known ? [constantName(type), `Known${type}`] : [] };
  });

export function typesPage(contract: Contract): string {
  const sections = exportsOf(contract).map(({ type, beside: [values, known] }) => {
    const schema = child(contract.document, locate(contract.document, ["components"]), "schemas", type);
    const fields = schemaTable(contract.document, schema);
    const set = get(schema.value, "x-extensible-enum");
    return [
      `## ${text(type)}`,
      prose(String(get(schema.value, "description") ?? "")),
      fields || `In TypeScript: ${typeOf(contract.document, schema)}.`,
      values && Array.isArray(set)
        ? `${code(values)} has the values that are known today, and ${code(known ?? "")} is their type: ${set.map((value) => code(String(value))).join(", ")}.`
        : "",
    ];
  });
  return page({
    title: "Types of the contract",
    description: "The types that the package exports for the schemas of the contract, with each field.",
    parts: ["All of them are exported by `konpro-client`, under these names.", ...sections.flat()],
  });
}
