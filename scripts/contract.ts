import { pathToFileURL } from "node:url";
import {
  bundle,
  createConfig,
  getLineColLocation,
  lint,
  type NormalizedProblem,
  type Oas3_1Definition,
} from "@redocly/openapi-core";
import type { Oas3Response, Referenced } from "@redocly/openapi-core/lib/typings/openapi.js";
import type { Oas3Rule } from "@redocly/openapi-core/lib/visitors.js";

/** One operation of the contract, with what the client must know of it. */
export interface ContractOperation {
  id: string;
  method: string;
  path: string;
  summary: string | undefined;
  description: string | undefined;
  deprecated: boolean;
  /** Success statuses that are declared to come without a body. */
  bodyless: string[];
  /** Whether it is called without the key. */
  keyless: boolean;
}

/** What the client, its types, its mock and its tests are made from. */
export interface Contract {
  /** The description in one piece, references to other files resolved. */
  document: Oas3_1Definition;
  operations: ContractOperation[];
  server: string;
  keyHeader: string;
  /** Names of the members that hold a credential (`format: password`). */
  secretMembers: string[];
}

/** The contract cannot be used: each line of the message is a `file:line:column` and what is wrong there. */
export class ContractError extends Error {}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"] as const;

/** Names that an operation's method would hide: the client's own, and those the language gives a meaning. */
const TAKEN = [
  ...METHODS.map((method) => method.toUpperCase()),
  ...["TRACE", "request", "use", "eject", "then", "constructor", "toString", "toJSON", "valueOf", "hasOwnProperty"],
];

/** Reads and checks a description; throws a {@link ContractError} when the client could not be made from it. */
export async function readContract(file: string): Promise<Contract> {
  const reader = contractReader();
  const config = await createConfig({
    plugins: [{ id: "contract", rules: { oas3: { supported: reader.rule } } }],
    rules: { struct: "error", "no-unresolved-refs": "error", "security-defined": "off", "contract/supported": "error" },
  });
  const problems = await lint({ ref: file, config }).catch((error: unknown) => {
    throw new ContractError(`${relative(file)}: ${error instanceof Error ? error.message : error}`);
  });
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new ContractError(errors.map(describe).join("\n"));
  const { bundle: bundled } = await bundle({ ref: file, config });
  return { document: bundled.parsed, ...reader.result() };
}

function describe({ message, location: [place], suggest }: NormalizedProblem): string {
  const hint = suggest.length > 0 ? ` Did you mean ${suggest.join(" or ")}?` : "";
  if (!place) return `${message}${hint}`;
  const { start } = getLineColLocation(place);
  return `${relative(place.source.absoluteRef)}:${start.line}:${start.col}: ${message}${hint}`;
}

const relative = (file: string) => pathToFileURL(file).href.replace(`${pathToFileURL(process.cwd()).href}/`, "");

/** A lint rule that refuses what the client does not support, and keeps what it reads on the way. */
function contractReader() {
  const operations: ContractOperation[] = [];
  const secretMembers = new Set<string>();
  let server = "";
  let keyHeader = "";

  const rule: Oas3Rule = () => ({
    Root(root, { location, report, resolve }) {
      const refuse = (at: typeof location, message: string) => report({ message, location: at });
      const ids = new Map<string, string>();

      if (!root.openapi.startsWith("3.1")) {
        refuse(location.child("openapi"), `OpenAPI ${root.openapi} is not supported: describe the API in OpenAPI 3.1.`);
      }

      server = (root.servers?.[0]?.url ?? "").replace(
        /\{(\w+)\}/g,
        (whole, name: string) => root.servers?.[0]?.variables?.[name]?.default ?? whole,
      );
      if (!URL.canParse(server)) {
        refuse(
          location.child("servers"),
          "Give the API's absolute URL as the first server: it is the default `baseUrl`.",
        );
      }

      for (const [index, [name, reference]] of Object.entries(root.components?.securitySchemes ?? {}).entries()) {
        const scheme = resolve(reference).node;
        const at = location.child(["components", "securitySchemes", name]);
        if (index > 0) refuse(at, "Only one security scheme is supported.");
        else if (scheme?.type === "apiKey" && scheme.in === "header") keyHeader = scheme.name ?? "";
        else refuse(at, "Only a key in a header is supported: `type: apiKey` with `in: header`.");
      }

      for (const [path, reference] of Object.entries(root.paths ?? {})) {
        const item = resolve(reference);
        if (!item.location) continue;
        if (item.node.servers) refuse(item.location.child("servers"), "Servers of one path are not supported.");

        for (const method of METHODS) {
          const operation = item.node[method];
          if (!operation) continue;
          const at = item.location.child(method);
          const id = operation.operationId ?? "";
          const idAt = at.child("operationId");
          const taken = ids.get(id.toLowerCase());

          if (!id) refuse(at.key(), "Give the operation an `operationId`: it names the client's method.");
          else if (!/^[A-Za-z_$][\w$]*$/.test(id)) {
            refuse(
              idAt,
              `operationId "${id}" cannot name a method: use letters, digits and _, not starting with a digit.`,
            );
          } else if (TAKEN.includes(id)) {
            refuse(idAt, `operationId "${id}" is the name of a member the client already has: choose another.`);
          } else if (taken) {
            refuse(
              idAt,
              `operationId "${id}" ${taken === id ? "stands twice" : `differs from "${taken}" in case alone`}.`,
            );
          }
          ids.set(id.toLowerCase(), id);

          if (operation.servers) refuse(at.child("servers"), "Servers of one operation are not supported.");

          for (const [owner, where] of [[item.node, item.location] as const, [operation, at] as const]) {
            for (const [index, parameter] of (owner.parameters ?? []).entries()) {
              if (resolve(parameter).node?.in === "cookie") {
                refuse(where.child(["parameters", index]), "Cookie parameters are not supported.");
              }
            }
          }

          operations.push({
            id,
            method,
            path,
            summary: operation.summary,
            description: operation.description,
            deprecated: operation.deprecated ?? false,
            bodyless: Object.entries<Referenced<Oas3Response>>(operation.responses ?? {})
              .filter(([status, response]) => status.startsWith("2") && !resolve(response).node?.content)
              .map(([status]) => status),
            keyless: !(operation.security ?? root.security ?? []).some(
              (scheme: object) => Object.keys(scheme).length > 0,
            ),
          });
        }
      }
    },
    SchemaProperties(properties, { resolve }) {
      for (const [name, schema] of Object.entries(properties)) {
        if (resolve(schema).node?.format === "password") secretMembers.add(name);
      }
    },
  });

  return { rule, result: () => ({ operations, server, keyHeader, secretMembers: [...secretMembers] }) };
}
