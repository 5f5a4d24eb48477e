import { readFileSync } from "node:fs";
import { relative } from "node:path";
import {
  BaseResolver,
  bundle,
  createConfig,
  getLineColLocation,
  lint,
  type NormalizedProblem,
  type Oas3_1Definition,
  type Source,
} from "@redocly/openapi-core";
import type { Oas3Response, Referenced } from "@redocly/openapi-core/lib/typings/openapi.js";
import type { Oas2Rule, Oas3Rule } from "@redocly/openapi-core/lib/visitors.js";

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
  /** In lower case, as `Headers` lists it. */
  keyHeader: string;
  /** Names of the members that hold a credential (`format: password`). */
  secretMembers: string[];
  /** The schemas by their names in the contract, each with the name of its type. */
  typeNames: Map<string, string>;
  /** Where a pointer such as `#/paths` leads, as `file:line:column`. */
  placeOf: (pointer: string) => string;
}

/** The contract cannot be used: each line of the message is a `file:line:column` and what is wrong there. */
export class ContractError extends Error {}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"] as const;

/** Where openapi-typescript's types can be referred to. */
const NAMED = /^#\/components\/schemas\/[^/]+(\/properties\/[^/]+|\/additionalProperties)?$/;

/** Names that an operation's method would hide: the client's own, and those the language gives a meaning. */
const MEMBERS = [
  ...METHODS.map((method) => method.toUpperCase()),
  "TRACE",
  "request",
  "use",
  "eject",
  "then",
  "toJSON",
];

/** Names that a schema's type would hide: what the package exports beside it, and what openapi-typescript's output uses. */
const index = readFileSync(new URL("../src/index.ts", import.meta.url), "utf8");
const EXPORTS = [...index.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = ""]) =>
  names.match(/\w+(?=\s*(,|$))/g),
);
const TYPES = [...EXPORTS, "Record", "Omit", "WithRequired"];

/** Reads and checks a description; throws a {@link ContractError} when the client could not be made from it. */
export async function readContract(file: string): Promise<Contract> {
  const { rules, result } = contractReader();
  const shape = {
    struct: "error",
    "no-unresolved-refs": "error",
    "path-parameters-defined": "error",
    "spec-components-invalid-map-name": "error",
  } as const;
  const plugins = [{ id: "contract", rules }];
  const config = await createConfig({ plugins, rules: { ...shape, "contract/supported": "error" } });
  const resolver = new BaseResolver(config.resolve); // reads each file once
  const files = { ref: file, config, externalRefResolver: resolver };
  const problems = await lint(files).catch(async (error: unknown) => {
    // Our rule may have stumbled over what is no OpenAPI at all: the others say where.
    const found = await lint({ ...files, config: await createConfig({ rules: shape }) }).catch(() => []);
    if (found.length > 0) return found;
    throw new ContractError(unreadable(file, error));
  });
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new ContractError([...new Set(errors.map(describe))].join("\n"));
  // One file is its own bundle; to make it would take as long as the checks did.
  const root = await resolver.resolveDocument(null, file, true);
  const document = root instanceof Error || resolver.getFiles().size > 1 ? (await bundle(files)).bundle : root;
  const placeOf = (pointer: string) => placed({ source: document.source, pointer, reportOnKey: true });
  const schemas = document.parsed.components?.schemas ?? {};
  refuseCircles(schemas, placeOf);
  return { document: document.parsed, ...result(), typeNames: nameTypes(schemas, placeOf), placeOf };
}

/** A file that is missing, or that is not YAML at all. */
function unreadable(file: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, what, where = "", line, column] = /^(.*) in "(.*)" \((\d+):(\d+)\)$/s.exec(message) ?? [];
  if (what) return `${shown(where)}:${line}:${column}: ${what}: mend the YAML there.`;
  return `${shown(file)}: ${message}: give the path of an OpenAPI 3.1 description in YAML or JSON.`;
}

function describe({ ruleId, message, location: [place], suggest }: NormalizedProblem): string {
  const isMapping = place?.pointer?.includes("/discriminator/mapping/");
  const pointer = isMapping ? ', such as "#/components/schemas/NAME"' : "";
  const mend = ruleId === "no-unresolved-refs" ? `: check its file and its pointer${pointer}.` : "";
  const hint = suggest.length > 0 ? ` Did you mean ${suggest.join(" or ")}?` : "";
  return `${place ? `${placed(place)}: ` : ""}${message}${mend}${hint}`;
}

function placed({ source, pointer = "", reportOnKey = false }: NormalizedProblem["location"][number]): string {
  // Redocly decodes names that nobody encoded.
  const encoded = pointer.replace(/%(?![0-9a-f]{2})/gi, "%25");
  const { start } = getLineColLocation({ source, pointer: encoded, reportOnKey });
  return `${shown(source.absoluteRef)}:${start.line}:${start.col}`;
}

const shown = (file: string) => relative("", file).replaceAll("\\", "/");

/** TypeScript can name a schema that contains itself only where an object stands in between. */
function refuseCircles(schemas: object, placeOf: Contract["placeOf"]): void {
  const parts = new Map(Object.entries(schemas).map(([name, schema]) => [pointerTo(name), partsOf(schema)]));
  const problems = Object.keys(schemas).flatMap((name) => {
    const reached = new Set(parts.get(pointerTo(name)));
    for (const pointer of reached) for (const part of parts.get(pointer) ?? []) reached.add(part); // grows on the way
    if (!reached.has(pointerTo(name))) return [];
    return `${placeOf(pointerTo(name))}: Schema "${name}" contains itself with no object in between, which has no type: put the inner one into a property.`;
  });
  if (problems.length > 0) throw new ContractError(problems.join("\n"));
}

/** The references of a schema that its type needs at once. */
function partsOf(schema: unknown): string[] {
  const { $ref, items, prefixItems, allOf, anyOf, oneOf } = Object(schema);
  const parts = [items, prefixItems, allOf, anyOf, oneOf].flat().filter((part) => part !== undefined);
  return typeof $ref === "string" ? [$ref] : parts.flatMap(partsOf);
}

const pointerTo = (schema: string) => `#/components/schemas/${schema}`;

/** Schemas are exported by their own names, made fit for a type: `foo-bar` becomes `FooBar`. */
function nameTypes(schemas: object, placeOf: Contract["placeOf"]): Map<string, string> {
  const names = new Map<string, string>();
  const owners = new Map<string, string>();
  const problems: string[] = [];
  for (const name of Object.keys(schemas)) {
    const words = name.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    const type = words.join("").replace(/^(?=\d|$)/, "_");
    const owner = TYPES.includes(type) ? "the package" : owners.get(type);
    if (owner) {
      const place = placeOf(pointerTo(name));
      problems.push(`${place}: Schema "${name}" would have the type name ${type}, which ${owner} has: rename it.`);
    }
    owners.set(type, `schema "${name}"`);
    names.set(name, type);
  }
  if (problems.length > 0) throw new ContractError(problems.join("\n"));
  return names;
}

/** Lint rules that refuse what the client does not support, and keep what they read on the way. */
function contractReader() {
  const operations: ContractOperation[] = [];
  const secretMembers = new Set<string>();
  let server = "";
  let keyHeader = "";
  let rootSource: Source | undefined;
  /** By their lower case. */
  const ids = new Map<string, string>();
  const methods = new Set<object>();

  const oas2: Oas2Rule = () => ({
    Root(_, { location, report }) {
      report({
        message: "Swagger 2 is not supported: describe the API in OpenAPI 3.1.",
        location: location.child("swagger"),
      });
    },
  });

  const oas3: Oas3Rule = () => ({
    Root(root, { location, report, resolve }) {
      rootSource = location.source;
      const refuse = (at: typeof location, message: string) => report({ message, location: at });
      const schemes = root.components?.securitySchemes ?? {};

      if (!root.openapi.startsWith("3.1")) {
        refuse(location.child("openapi"), `OpenAPI ${root.openapi} is not supported: describe the API in OpenAPI 3.1.`);
      }

      server = (root.servers?.[0]?.url ?? "").replace(
        /\{([^}]*)\}/g,
        (whole, name: string) => root.servers?.[0]?.variables?.[name]?.default ?? whole,
      );
      if (!/^https?:\/\/[^{}?#@]+$/.test(server) || !URL.canParse(server)) {
        refuse(
          location.child("servers"),
          "Give the API's absolute URL, without query, fragment or user, as the first server, with a default for each variable: it is the default `baseUrl`.",
        );
      }

      for (const [index, [name, reference]] of Object.entries(schemes).entries()) {
        const scheme = resolve(reference).node;
        const at = location.child(["components", "securitySchemes", name]);
        if (index > 0) refuse(at, "Only one security scheme is supported: keep the key in a header.");
        else if (scheme?.type !== "apiKey" || scheme.in !== "header") {
          refuse(at, "Only a key in a header is supported: `type: apiKey` with `in: header`.");
        } else if (!/^[\w!#$%&'*+.^`|~-]+$/.test(scheme.name ?? ""))
          refuse(at, "Give the name of an HTTP header as `name`.");
        else keyHeader = scheme.name?.toLowerCase() ?? "";
      }

      const checkSecurity = (security: object[] = [], owner: typeof location) => {
        for (const [index, name] of security.flatMap((scheme, index) =>
          Object.keys(scheme).map((name) => [index, name] as const),
        )) {
          if (name in schemes) continue;
          refuse(owner.child(["security", index, name]), `Define "${name}" in components/securitySchemes.`);
        }
      };
      checkSecurity(root.security, location);

      for (const [path, reference] of Object.entries(root.paths ?? {})) {
        const { node: item, location: itemAt = location } =
          "$ref" in reference ? resolve(reference) : { node: reference, location: location.child(["paths", path]) };
        if (!item) continue; // Reported as unresolved.
        if (path.startsWith("x-")) {
          refuse(itemAt.key(), "Extensions among the paths are not supported: put it beside `paths`.");
        }
        if (path.includes("%")) refuse(itemAt.key(), '"%" in a path is not supported.');
        if (item.servers) {
          refuse(itemAt.child("servers"), "Servers of one path are not supported: use the API's own.");
        }
        if ("trace" in item) {
          refuse(itemAt.child("trace"), "TRACE is not supported, as `fetch` forbids it: remove the operation.");
        }

        for (const method of METHODS) {
          const operation = item[method];
          if (!operation) continue;
          const at = itemAt.child(method);
          const id = operation.operationId ?? "";
          const idAt = at.child("operationId");
          const taken = ids.get(id.toLowerCase());

          if (!id) refuse(at.key(), "Give the operation an `operationId`: it names the client's method.");
          else if (!/^[A-Za-z_$][\w$]*$/.test(id)) {
            refuse(
              idAt,
              `operationId "${id}" cannot name a method: use letters, digits and _, not starting with a digit.`,
            );
          } else if (MEMBERS.includes(id) || id in {}) {
            refuse(idAt, `operationId "${id}" is the name of a member the client already has: choose another.`);
          } else if (taken) {
            const clash = taken === id ? "stands twice" : `differs from "${taken}" in case alone`;
            refuse(idAt, `operationId "${id}" ${clash}: choose another.`);
          }
          ids.set(id.toLowerCase(), id);
          methods.add(operation);

          if (operation.servers) {
            refuse(at.child("servers"), "Servers of one operation are not supported: use the API's own.");
          }
          checkSecurity(operation.security, at);

          for (const [owner, where] of [[item, itemAt] as const, [operation, at] as const]) {
            for (const [index, parameter] of (owner.parameters ?? []).entries()) {
              if (resolve(parameter).node?.in === "cookie") {
                refuse(
                  where.child(["parameters", index]),
                  "Cookie parameters are not supported: send a header instead.",
                );
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
      if (operations.length === 0) {
        refuse(location.child("paths"), "There is no operation under `paths`: describe one, it becomes a method.");
      }
    },
    ref: {
      enter({ $ref }, { location, report, type }, { location: target }) {
        const refuse = (message: string) => report({ message, location });
        const pointer = $ref.replace(/^[^#]*/, "");
        const isInRoot = location.source === rootSource && target?.source === rootSource;
        if (["Responses", "SchemaProperties"].includes(type.name)) {
          refuse("OpenAPI allows no $ref here: put it one deeper.");
        } else if (/^#[^/]/.test(pointer)) {
          refuse('Anchors are not supported: write a pointer, "#/components/schemas/NAME".');
        } else if (isInRoot && !$ref.startsWith("#")) {
          refuse(`A reference to the same file stands without its name: write "${pointer || "#"}".`);
        } else if (isInRoot && type.name === "Schema" && !NAMED.test(pointer)) {
          refuse("Only a schema with a name can be referred to: move this one to components/schemas.");
        }
      },
    },
    Operation(operation, { location, report }) {
      // Callbacks and webhooks: they have no method, but a type.
      const { operationId: id = "" } = operation;
      if (methods.has(operation) || ids.get(id.toLowerCase()) !== id) return;
      report({ message: `operationId "${id}" stands twice: choose another.`, location: location.child("operationId") });
    },
    Responses(responses, { location, report }) {
      for (const status of Object.keys(responses)) {
        const refuse = (message: string) => report({ message, location: location.child([status]).key() });
        if (status.startsWith("x-"))
          refuse("Extensions among the responses are not supported: put it beside `responses`.");
        if (/^\dxx$/.test(status)) refuse(`A range of statuses is written in capitals: "${status.toUpperCase()}".`);
      }
    },
    SchemaProperties(properties, { location, report, resolve }) {
      for (const [name, schema] of Object.entries(properties)) {
        if (name.includes("%")) {
          report({
            message: '"%" in the name of a property is not supported.',
            location: location.child([name]).key(),
          });
        }
        if (resolve(schema).node?.format === "password") secretMembers.add(name);
      }
    },
  });

  return {
    rules: { oas2: { supported: oas2 }, oas3: { supported: oas3 } },
    result: () => ({ operations, server, keyHeader, secretMembers: [...secretMembers] }),
  };
}
