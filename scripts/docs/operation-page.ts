// The Markdown page of each operation.
import {
  bodyOf,
  type Contract,
  type ContractOperation,
  examplesOf,
  locate,
  parametersOf,
  responsesOf,
} from "./contract.js";
import { cell, code, fence, link, prose, text, yaml } from "./markdown.js";
import { operationOf, samplesOf } from "./samples.js";
import { aboutOf, child, get, row, schemaTable, table, typeOf } from "./schema-table.js";

/** The place of an operation on Redocly's page. */
export function redoclyLink(contract: Contract, operation: ContractOperation): string {
  return `api.html#/${slug(tagOf(contract, operation) ?? "other")}/${operation.id.toLowerCase()}`;
}

const slug = (text: string) => text.replace(/\W+/g, "-").toLowerCase();

function tagOf(contract: Contract, operation: ContractOperation): string | undefined {
  const tags = get(operationOf(contract, operation).value, "tags");
  return Array.isArray(tags) ? String(tags[0]) : undefined;
}

/** The operations for the sidebar, grouped by tag. VitePress renders group names as HTML, so they are escaped. */
export function operationGroups(contract: Contract): { text: string; items: { text: string; link: string }[] }[] {
  const groups = new Map<string, { text: string; link: string }[]>();
  for (const operation of contract.operations) {
    const tag = tagOf(contract, operation) ?? "Other";
    groups.set(tag, [...(groups.get(tag) ?? []), { text: operation.id, link: `/operations/${operation.id}` }]);
  }
  return [...groups].map(([tag, items]) => ({ text: text(tag), items }));
}

/** The page that lists all operations. */
export function operationsPage(contract: Contract): string {
  const byId = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const tables = operationGroups(contract).map(({ text: heading, items }) => {
    const rows = items.map(({ text: id }) => {
      const { method = "", path = "", summary = "" } = byId.get(id) ?? {};
      return `| [${text(id)}](./${id}.md) <br>${code(`${method.toUpperCase()} ${path}`)} | ${cell(summary)} |`;
    });
    return `## ${heading}\n\n${table("Method", rows)}`;
  });
  return page({
    title: "Operations",
    description: "Every operation of the contract: its method, its request and what it does.",
    parts: [
      'The client has one method per operation of the contract. [The contract as one page](../api.html){target="_self"} and [openapi.yaml](../openapi.yaml){target="_self" download} contain the same information.',
      ...tables,
    ],
  });
}

export function operationPage(contract: Contract, operation: ContractOperation): string {
  const { id, method, path, summary = "", description = "" } = operation;
  const docs = get(operationOf(contract, operation).value, "externalDocs");
  const links = [
    `[In the contract](../${redoclyLink(contract, operation)}){target="_self"}`,
    ...(docs ? [link(String(get(docs, "description") ?? "More"), String(get(docs, "url")))] : []),
  ];
  return page({
    title: id,
    description: `${summary}: ${method.toUpperCase()} ${path}`,
    parts: [
      `${operation.deprecated ? "::: warning Deprecated\nIt still works, but do not use it in new code.\n:::\n\n" : ""}**${text(summary)}**`,
      code(`${method.toUpperCase()} ${path}`),
      prose(description),
      ...(operation.keyless ? ["This call is made without the API key."] : []),
      codeGroup(samplesOf(contract, operation).map(({ lang, label, source }) => fence(label, FENCES[lang], source))),
      ...parametersPart(contract, operation),
      ...bodyPart(contract, operation),
      ...responseParts(contract, operation),
      ...errorsPart(contract, operation),
      links.join(" · "),
    ],
  });
}

const FENCES = { TypeScript: "ts", Shell: "sh" };

export const page = ({ title, description, parts }: { title: string; description: string; parts: string[] }) =>
  `---
title: ${yaml(title)}
description: ${yaml(description)}
---

# ${text(title)}

${parts.filter(Boolean).join("\n\n")}
`;

/** Code blocks in tabs. */
const codeGroup = (blocks: string[]) => `::: code-group\n\n${blocks.join("\n\n")}\n\n:::`;

function parametersPart(contract: Contract, operation: ContractOperation): string[] {
  const rows = parametersOf(contract, operation).map((parameter) => {
    const schema = child(contract.document, parameter, "schema");
    const about = [cell(String(get(parameter.value, "description") ?? "")), aboutOf(contract.document, schema)];
    return row(
      `params.${get(parameter.value, "in")}.${get(parameter.value, "name")}`,
      typeOf(contract.document, schema),
      get(parameter.value, "required") === true,
      about.filter(Boolean).join(" <br>"),
    );
  });
  return rows.length === 0 ? [] : ["## Parameters", table("Parameter", rows)];
}

function bodyPart(contract: Contract, operation: ContractOperation): string[] {
  const body = bodyOf(contract, operation);
  if (!body) return [];
  const { value } = child(contract.document, operationOf(contract, operation), "requestBody");
  return [
    "## Body",
    `Passed as \`body\`, sent as ${code(body.type)}.`,
    prose(String(get(value, "description") ?? "")),
    schemaTable(contract.document, child(contract.document, body.media, "schema")),
    exampleGroup(contract, body.media),
  ];
}

function exampleGroup(contract: Contract, media: Parameters<typeof examplesOf>[1]): string {
  const examples = examplesOf(contract.document, media).map(({ name, summary, value }) =>
    fence(summary || name, "json", JSON.stringify(value, null, 2)),
  );
  return examples.length === 0 ? "" : codeGroup(examples);
}

/** The 2xx responses, to whose bodies the method resolves. */
function responseParts(contract: Contract, operation: ContractOperation): string[] {
  const responses = responsesOf(contract, operation).filter(({ status }) => status.startsWith("2"));
  return responses.flatMap(({ status, mediaType, media }) => [
    `## Response ${status === "2XX" ? "(any 2xx)" : status}`,
    prose(descriptionOf(contract, operation, status)),
    ...(mediaType === undefined
      ? ["There is no body: the method resolves to `undefined`."]
      : [
          `The method resolves to this body, ${code(mediaType)}.`,
          schemaTable(contract.document, child(contract.document, media, "schema")),
          exampleGroup(contract, media),
        ]),
  ]);
}

const descriptionOf = ({ document }: Contract, { path, method }: ContractOperation, status: string) =>
  String(get(locate(document, ["paths", path, method, "responses", status]).value, "description") ?? "");

/** The error responses, with the codes of their examples. */
function errorsPart(contract: Contract, operation: ContractOperation): string[] {
  const errors = responsesOf(contract, operation).filter(({ status }) => !/^[123]/.test(status));
  const rows = errors.map(({ status, media }) => {
    const codes = examplesOf(contract.document, media).map(({ value }) => get(get(value, "error"), "code"));
    const named = [...new Set(codes)]
      .filter((value) => typeof value === "string")
      .map((value) => ` <br>${code(value)}`);
    const about = cell(descriptionOf(contract, operation, status));
    return `| ${status === "default" ? "any other" : status}${named.join("")} | ${about} |`;
  });
  if (rows.length === 0) return [];
  return [
    "## Errors",
    "Each is a `KonProApiError` with this `status` and, for example, this `code`. [What to do about them](/guide/errors).",
    table("Status and code", rows),
  ];
}
