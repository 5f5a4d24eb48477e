// Code samples in TypeScript and curl: those in the contract, otherwise generated from its examples.
import {
  bodyOf,
  type Contract,
  type ContractOperation,
  examplesOf,
  locate,
  type Place,
  parametersOf,
  responsesOf,
} from "./contract.js";
import { child, get } from "./schema-table.js";

export interface Sample {
  lang: "TypeScript" | "Shell";
  label: string;
  source: string;
}

type Values = Record<string, unknown>;

/** The parameters and the body of a call. */
interface Input {
  params: Partial<Record<string, Values>>;
  body: unknown;
  mediaType: string | undefined;
}

/** An operation's samples, TypeScript first. */
export function samplesOf(contract: Contract, operation: ContractOperation): Sample[] {
  const written = get(operationOf(contract, operation).value, "x-codeSamples");
  const input = inputOf(contract, operation);
  const samples: Sample[] = [
    { lang: "TypeScript", label: "konpro-client", source: typeScript(contract, operation, input) },
    {
      lang: "Shell",
      label: "curl",
      source: curl(contract, operation, input, { key: "$KONPRO_API_KEY", indent: 2 }).join(" \\\n  "),
    },
  ];
  return samples.map((generated) => {
    const own = [written].flat().find((sample) => get(sample, "lang") === generated.lang);
    const source = get(own, "source");
    return typeof source === "string" && source ? { ...generated, source: source.trim() } : generated;
  });
}

export const operationOf = ({ document }: Contract, { path, method }: ContractOperation) =>
  locate(document, ["paths", path, method]);

function inputOf(contract: Contract, operation: ContractOperation): Input {
  const params: Input["params"] = {};
  for (const parameter of parametersOf(contract, operation)) {
    if (get(parameter.value, "required") !== true) continue;
    const place = String(get(parameter.value, "in"));
    params[place] = {
      ...params[place],
      [String(get(parameter.value, "name"))]: exampleOf(contract.document, parameter),
    };
  }
  const body = bodyOf(contract, operation);
  return { params, body: body && exampleOf(contract.document, body.media), mediaType: body?.type };
}

/** A value for a parameter or a body: its first example, or one that matches its schema. */
function exampleOf(document: object, place: Place): unknown {
  return (examplesOf(document, place)[0] ?? { value: validValue(document, child(document, place, "schema")) }).value;
}

function validValue(document: object, schema: Place): unknown {
  const { value } = schema;
  for (const known of [get(value, "examples"), get(value, "enum"), get(value, "x-extensible-enum")]) {
    if (Array.isArray(known) && known.length > 0) return known[0];
  }
  const fixed = get(value, "const") ?? get(value, "default");
  if (fixed !== undefined) return fixed;
  const variant = ["oneOf", "anyOf"].find((word) => Array.isArray(get(value, word)));
  if (variant) return validValue(document, child(document, schema, variant, "0"));
  const type = [get(value, "type")].flat()[0];
  if (type === "array") return [validValue(document, child(document, schema, "items"))];
  if (type === "integer" || type === "number") return get(value, "minimum") ?? 1;
  if (type === "boolean") return true;
  if (type === "string") return "text";
  const required = get(value, "required");
  const members = Array.isArray(required) ? required.map(String) : [];
  return Object.fromEntries(
    members.map((name) => [name, validValue(document, child(document, schema, "properties", name))]),
  );
}

function typeScript(contract: Contract, operation: ContractOperation, { params, body }: Input): string {
  const init = {
    ...(Object.keys(params).length > 0 && { params }),
    ...(body !== undefined && { body }),
  };
  const ok = responsesOf(contract, operation).find(({ status }) => status.startsWith("2"));
  const call = `${ok?.mediaType ? "const response = " : ""}await konpro.${operation.id}(`;
  const given = Object.keys(init).length > 0 ? literal(init, "", 80 - `${call});`.length) : "";
  return [
    'import { createKonProClient } from "konpro-client";',
    "",
    "const konpro = createKonProClient(); // the key comes from KONPRO_API_KEY",
    `${call}${given});`,
  ].join("\n");
}

/** A value as a TypeScript literal: on one line if it fits, and without unnecessary quotes. */
function literal(value: unknown, indent = "", room = 60): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{ ", " }"];
  const parts = Object.entries(value).map(([name, member]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
    return Array.isArray(value) ? literal(member, inner) : `${key}: ${literal(member, inner)}`;
  });
  if (parts.length === 0) return open.trim() + close.trim();
  const line = `${open}${parts.join(", ")}${close}`;
  if (line.length <= room && !line.includes("\n")) return line;
  return `${open.trim()}\n${parts.map((part) => `${inner}${part},\n`).join("")}${indent}${close.trim()}`;
}

/** A curl command in parts, with the body indented by `indent`. */
function curl(
  { server, keyHeader }: Contract,
  { method, path, keyless }: ContractOperation,
  { params, body, mediaType }: Input,
  { key, indent }: { key: string; indent: number },
): string[] {
  const filled = path.replace(/\{([^}]*)\}/g, (_, name) => encodeURIComponent(String(params.path?.[name])));
  const query = Object.entries(params.query ?? {}).flatMap(([name, value]) =>
    [value].flat().map((item) => `${encodeURIComponent(name)}=${encodeURIComponent(String(item))}`),
  );
  const url = `${server.replace(/\/$/, "")}${filled}${query.length > 0 ? `?${query.join("&")}` : ""}`;
  return [
    ...(method === "get" ? [`curl ${quoted(url)}`] : [`curl --request ${method.toUpperCase()}`, quoted(url)]),
    "--header 'accept: application/json'",
    ...(keyless ? [] : [`--header "${keyHeader}: ${key}"`]),
    ...Object.entries(params.header ?? {}).map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
    ...(mediaType === undefined
      ? []
      : [`--header ${quoted(`content-type: ${mediaType}`)}`, `--data ${quoted(JSON.stringify(body, null, indent))}`]),
  ];
}

/** A one-line curl command for the mock, which responds with the first example of a 2xx response. */
export const mockCall = (contract: Contract, operation: ContractOperation) =>
  curl(contract, operation, inputOf(contract, operation), { key: "any", indent: 0 }).join(" ");

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
