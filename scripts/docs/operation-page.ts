// A page for each operation of the contract, in Markdown.
import {
  bodyOf,
  type Contract,
  type ContractOperation,
  examplesOf,
  locate,
  parametersOf,
  responsesOf,
} from "./contract.js";
import { operationOf, samplesOf } from "./samples.js";
import { aboutOf, cell, child, get, prose, schemaTable, typeOf } from "./schema-table.js";

/** Where Redocly's page shows an operation. */
export function redoclyLink(contract: Contract, operation: ContractOperation): string {
  return `api.html#/${slug(tagOf(contract, operation) ?? "other")}/${operation.id.toLowerCase()}`;
}

const slug = (text: string) => text.replace(/\W+/g, "-").toLowerCase();

function tagOf(contract: Contract, operation: ContractOperation): string | undefined {
  const tags = get(operationOf(contract, operation).value, "tags");
  return Array.isArray(tags) ? String(tags[0]) : undefined;
}

/** The operations for the site's list, by the tags of the contract. */
export function operationGroups(contract: Contract): { text: string; items: { text: string; link: string }[] }[] {
  const groups = new Map<string, { text: string; link: string }[]>();
  for (const operation of contract.operations) {
    const tag = tagOf(contract, operation) ?? "Other";
    groups.set(tag, [...(groups.get(tag) ?? []), { text: operation.id, link: `/operations/${operation.id}` }]);
  }
  return [...groups].map(([text, items]) => ({ text, items }));
}

/** The page that lists all operations. */
export function operationsPage(contract: Contract): string {
  const byId = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const tables = operationGroups(contract).map(({ text, items }) => {
    const rows = items.map(({ text: id }) => {
      const { method = "", path = "", summary = "" } = byId.get(id) ?? {};
      return `| [${id}](./${id}.md) | \`${method.toUpperCase()} ${path}\` | ${cell(summary)} |`;
    });
    return `## ${prose(text)}\n\n| Method | Request | |\n| --- | --- | --- |\n${rows.join("\n")}`;
  });
  return page({
    title: "Operations",
    description: "Every operation of the contract: its method, its request and what it does.",
    parts: [
      'One method of the client for each operation of the contract. [The contract as one page](../api.html){target="_self"} and [openapi.yaml](../openapi.yaml){target="_self" download} have the same facts.',
      ...tables,
    ],
  });
}

export function operationPage(contract: Contract, operation: ContractOperation): string {
  const { id, method, path, summary = "", description = "" } = operation;
  const docs = get(operationOf(contract, operation).value, "externalDocs");
  const links = [
    `[In the contract](../${redoclyLink(contract, operation)}){target="_self"}`,
    ...(docs ? [`[${prose(String(get(docs, "description") ?? "More"))}](${get(docs, "url")})`] : []),
  ];
  return page({
    title: id,
    description: `${summary}: ${method.toUpperCase()} ${path}`,
    parts: [
      `${operation.deprecated ? "::: warning Deprecated\nIt still works, but should not be used in new code.\n:::\n\n" : ""}**${prose(summary)}**`,
      `\`${method.toUpperCase()} ${path}\``,
      prose(description.trim()),
      ...(operation.keyless ? ["This call is made without the API key."] : []),
      codeGroup(samplesOf(contract, operation).map(({ lang, label, source }) => [label, FENCES[lang], source])),
      ...parametersPart(contract, operation),
      ...bodyPart(contract, operation),
      ...answerParts(contract, operation),
      ...errorsPart(contract, operation),
      links.join(" · "),
    ],
  });
}

const FENCES = { TypeScript: "ts", Shell: "sh" };

const page = ({ title, description, parts }: { title: string; description: string; parts: string[] }) =>
  `---
title: ${JSON.stringify(title)}
description: ${JSON.stringify(description)}
---

# ${title}

${parts.filter(Boolean).join("\n\n")}
`;

/** Blocks of code in tabs. The fence is longer than any in the code. */
function codeGroup(blocks: [label: string, lang: string, code: string][]): string {
  const fences = blocks.map(([label, lang, code]) => `~~~~${lang} [${label.replace(/[[\]]/g, "")}]\n${code}\n~~~~`);
  return `::: code-group\n\n${fences.join("\n\n")}\n\n:::`;
}

function parametersPart(contract: Contract, operation: ContractOperation): string[] {
  const parameters = parametersOf(contract, operation);
  if (parameters.length === 0) return [];
  const rows = parameters.map((parameter) => {
    const schema = child(contract.document, parameter, "schema");
    const about = [String(get(parameter.value, "description") ?? "").trim(), aboutOf(contract.document, schema)];
    const optional = get(parameter.value, "required") === true ? "" : "<br>*optional*";
    const type = cell(typeOf(contract.document, schema));
    return `| \`params.${get(parameter.value, "in")}.${get(parameter.value, "name")}\` | ${type}${optional} | ${cell(about.filter(Boolean).join("\n\n"))} |`;
  });
  return ["## Parameters", `| Parameter | Type | |\n| --- | --- | --- |\n${rows.join("\n")}`];
}

function bodyPart(contract: Contract, operation: ContractOperation): string[] {
  const body = bodyOf(contract, operation);
  if (!body) return [];
  const { value } = child(contract.document, operationOf(contract, operation), "requestBody");
  return [
    "## Body",
    `Given as \`body\`, sent as \`${body.type}\`.`,
    prose(String(get(value, "description") ?? "").trim()),
    schemaTable(contract.document, child(contract.document, body.media, "schema")),
    exampleGroup(contract, body.media),
  ];
}

function exampleGroup(contract: Contract, media: Parameters<typeof examplesOf>[1]): string {
  const examples = examplesOf(contract.document, media).map(({ name, summary, value }): [string, string, string] => {
    const isText = typeof value === "string";
    return [summary || name, isText ? "text" : "json", isText ? value : JSON.stringify(value, null, 2)];
  });
  return examples.length === 0 ? "" : codeGroup(examples);
}

/** What a success answers: the method resolves to its body. */
function answerParts(contract: Contract, operation: ContractOperation): string[] {
  const successes = responsesOf(contract, operation).filter(({ status }) => status.startsWith("2"));
  return successes.flatMap(({ status, mediaType, media }) => [
    `## Answer ${status === "2XX" ? "(any 2xx)" : status}`,
    prose(descriptionOf(contract, operation, status)),
    ...(mediaType === undefined
      ? ["It has no body: the method resolves to `undefined`."]
      : [
          `The method resolves to this body, \`${mediaType}\`.`,
          schemaTable(contract.document, child(contract.document, media, "schema")),
          exampleGroup(contract, media),
        ]),
  ]);
}

const descriptionOf = ({ document }: Contract, { path, method }: ContractOperation, status: string) =>
  String(get(locate(document, ["paths", path, method, "responses", status]).value, "description") ?? "").trim();

/** The error answers, with the codes of their examples. */
function errorsPart(contract: Contract, operation: ContractOperation): string[] {
  const errors = responsesOf(contract, operation).filter(({ status }) => !/^[123]/.test(status));
  if (errors.length === 0) return [];
  const rows = errors.map(({ status, media }) => {
    const codes = examplesOf(contract.document, media).map(({ value }) => get(get(value, "error"), "code"));
    const named = [...new Set(codes)].filter((code) => typeof code === "string").map((code) => `\`${code}\``);
    const what = descriptionOf(contract, operation, status);
    return `| ${status === "default" ? "any other" : status} | ${named.join("<br>")} | ${cell(what)} |`;
  });
  return [
    "## Errors",
    "Each is a `KonProApiError` with this `status` and, for example, this `code`. [What to do about them](/guide/errors).",
    `| Status | Code | |\n| --- | --- | --- |\n${rows.join("\n")}`,
  ];
}
