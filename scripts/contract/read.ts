// Reads a description, checks it and collects what the client, its types, its mock and its tests are made from.
import type { Oas3_1Definition } from "@redocly/openapi-core";
import { children, locate, METHODS, methodName, readerOf, responsesOf, successesOf } from "./document.js";
import { checkedDocument } from "./lint.js";
import { bodies } from "./rules/bodies.js";
import { names } from "./rules/names.js";
import { parameters } from "./rules/parameters.js";
import { circularSchemas, references } from "./rules/references.js";
import { responses } from "./rules/responses.js";
import type { Rule } from "./rules/rule.js";
import { server, serverUrl } from "./rules/server.js";
import { nameTypes } from "./type-names.js";

/** One operation of the contract, with what the client must know of it. */
export interface ContractOperation {
  /** The name of the client's method. */
  id: string;
  operationId: string;
  method: string;
  path: string;
  summary: string | undefined;
  description: string | undefined;
  deprecated: boolean;
  /** For each declared success, whether it has a body. */
  bodies: Record<string, boolean>;
  /** The media types of its answers, in order. */
  mediaTypes: string[];
  /** The media type of its body; undefined where it has none. */
  bodyType: string | undefined;
  /** How the body of a success is read. */
  reader: "json" | "text" | "blob";
  /** Whether it is called without the key. */
  keyless: boolean;
}

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

/** Reads and checks a description; throws a {@link ContractError} if no client can be made from it. */
export async function readContract(file: string): Promise<Contract> {
  const secretMembers = new Set<string>();
  const rules = { server, parameters, bodies, responses, names, references, secrets: collectSecrets(secretMembers) };
  const { document, placeOf } = await checkedDocument(file, rules, ({ components: { schemas = {} } = {} }) => [
    ...circularSchemas(schemas),
    ...nameTypes(schemas).problems,
  ]);
  const [scheme] = children(document, locate(document, ["components"]), "securitySchemes");
  return {
    document,
    operations: readOperations(document),
    server: serverUrl(document),
    // Without a described key none is sent, but the client needs a name all the same.
    keyHeader: String(Object(scheme?.[1].value).name ?? "x-api-key").toLowerCase(),
    secretMembers: [...secretMembers],
    typeNames: nameTypes(document.components?.schemas ?? {}).names,
    placeOf,
  };
}

const collectSecrets =
  (members: Set<string>): Rule =>
  () => ({
    SchemaProperties(properties, { resolve }) {
      for (const [name, schema] of Object.entries(properties)) {
        const places: unknown[] = [schema, resolve(schema).node];
        if (places.some((place) => Object(place).format === "password")) members.add(name);
      }
    },
  });

function readOperations(document: Oas3_1Definition): ContractOperation[] {
  return Object.keys(document.paths ?? {}).flatMap((path) => {
    const { value: item } = locate(document, ["paths", path]);
    return METHODS.filter((method) => method in item).map((method) => {
      const operation = Reflect.get(item, method);
      const { operationId, summary, description, deprecated = false, security = document.security } = operation;
      const responses = responsesOf({ document }, { path, method });
      const successes = successesOf(responses);
      const bodies = Object.fromEntries(successes.map(({ status, mediaType }) => [status, mediaType !== undefined]));
      const reader = readerOf(successes.find(({ mediaType }) => mediaType)?.mediaType ?? "application/json");
      const [bodyType] = Object.keys(locate(document, ["paths", path, method, "requestBody", "content"]).value);
      const mediaTypes = [...new Set(responses.flatMap(({ mediaType }) => mediaType ?? []))];
      const keyless = !security?.some((scheme: object) => Object.keys(scheme).length > 0);
      const id = methodName(operationId);
      return {
        id,
        operationId,
        method,
        path,
        summary,
        description,
        deprecated,
        bodies,
        mediaTypes,
        bodyType,
        reader,
        keyless,
      };
    });
  });
}
