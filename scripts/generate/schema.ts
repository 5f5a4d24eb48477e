// The contract → generated/schema.ts: openapi-typescript's types, with each schema exported under its name.
import { createConfig } from "@redocly/openapi-core";
import type { SchemaObject } from "openapi-typescript";
import openapiTS, { astToString, NULL, STRING, tsIntersection, tsLiteral, tsUnion } from "openapi-typescript";
import ts from "typescript";
import type { Contract } from "../contract/read.js";

export async function schemaModule({ document }: Contract): Promise<string> {
  const types = await openapiTS(JSON.stringify(document), {
    silent: true,
    emptyObjectsUnknown: true,
    defaultNonNullable: false,
    transform: (schema) => (typeof schema === "object" ? openSet(schema) : undefined),
    redocly: await createConfig({ resolve: { doNotResolveExamples: true } }),
  });
  const names = Object.keys(document.components?.schemas ?? {});
  const aliases = names.map((name) => `export type ${name} = components["schemas"]["${name}"];\n`);
  // It indents the later lines of a comment so far that editors would show a second paragraph as code.
  // One-line comments become longer, since the bundler would move them behind the previous member (sxzz/rolldown-plugin-dts#182).
  const text = astToString(types)
    .replace(/^( +\*) {4}(?= )/gm, "$1")
    .replace(/^( +)\/\*\* (.*) \*\/$/gm, "$1/**\n$1 * $2\n$1 */")
    // A description is the text of the comment: as a tag, an editor would show it below everything else.
    .replace(/(\/\*\*\n)?^( +\*) @description /gm, (_, start, star) =>
      start ? `${start}${star} ` : `${star}\n${star} `,
    );
  return `${text}\n${aliases.join("")}`;
}

/** `"known" | "values" | (string & {})`: editors complete the known values, and the type accepts any string. */
function openSet(schema: SchemaObject): ts.TypeNode | undefined {
  const known: unknown = Reflect.get(schema, "x-extensible-enum");
  if (!Array.isArray(known)) return undefined;
  const open = tsIntersection([STRING, ts.factory.createTypeLiteralNode([])]);
  return tsUnion([...known.map(tsLiteral), open, ...([schema.type].flat().includes("null") ? [NULL] : [])]);
}
