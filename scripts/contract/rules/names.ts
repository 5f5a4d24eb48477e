// Names of operations and schemas, which become names of methods, types and constants.
import { readFileSync } from "node:fs";
import { constantName } from "../../generate/values.js";
import { METHODS } from "../document.js";
import type { Rule } from "./rule.js";

/** Names that a method must not have: the client's other members, and names with a meaning in JavaScript. */
const MEMBERS = [...METHODS.map((method) => method.toUpperCase()), ..."TRACE request use eject then toJSON".split(" ")];

const operations: Rule = {
  of: "Document",
  *check(_, reading) {
    const known = new Map<string, string>();
    for (const { pointer, value } of [...reading.nodes("Operation"), ...reading.nodes("Event")]) {
      const id = String(value.operationId);
      const at = [...pointer, "operationId"];
      const other = known.get(id.toLowerCase());
      known.set(id.toLowerCase(), id);
      if (!/^[A-Za-z_$][\w$]*$/.test(id)) {
        const words = id.replace(/[^\w$]+(.)?/g, (_, next = "") => next.toUpperCase()).replace(/^\d+/, "");
        yield [`"${id}" cannot name a method. Use letters, digits and _${words && `, as in "${words}"`}.`, ...at];
      } else if (MEMBERS.includes(id) || id in {}) {
        yield [`The client already has a member "${id}". Choose another name.`, ...at];
      } else if (other !== undefined) {
        const what = id === other ? `"${id}" is used twice` : `"${id}" differs from "${other}" only in case`;
        yield [`${what}. Choose another name.`, ...at];
      }
    }
  },
};

/** Types of JavaScript, TypeScript and the web platform that the package's types may use. */
const GLOBALS =
  "AbortSignal Array ArrayBuffer Awaited BigInt Blob BodyInit Boolean Date Error Exclude Extract FormData Function Headers " +
  "HeadersInit InstanceType Iterable Map NoInfer NonNullable Number Object Omit Parameters Partial Pick Promise PromiseLike " +
  "Proxy RangeError ReadableStream Readonly ReadonlyArray Record RegExp Request RequestInit Required Response ResponseInit " +
  "ReturnType Set String Symbol SyntaxError TypeError URL URLSearchParams Uint8Array WeakMap WeakSet WithRequired";

/** The names in a module's `export { … } from`; throws if it contains anything else but `export *`. */
export function exportedNames(code: string): string[] {
  const rest = code.replace(/^export (type )?(\{[^}]*\}|\*) from "[^"]*";$/gm, "").replace(/^\s*\/\/.*$/gm, "");
  if (rest.trim() !== "") throw new Error(`This does not export names from another module: ${rest.trim()}`);
  const lists = [...code.matchAll(/\{([^}]*)\}/g)].flatMap(([, list = ""]) => list.split(","));
  return lists.map((name) => name.replace(/.* as |\btype\b/g, "").trim()).filter((name) => name !== "");
}

const index = readFileSync(new URL("../../../src/index.ts", import.meta.url), "utf8");
const reserved = new Set([...exportedNames(index), ...GLOBALS.split(" ")]);

const schemas: Rule = {
  of: "Schemas",
  *check({ value }) {
    const known = new Map<string, string>();
    for (const [name, schema] of Object.entries(value)) {
      const isOpen = "x-extensible-enum" in Object(schema);
      const exported = [name, ...(isOpen ? [constantName(name), `Known${name}`] : [])];
      const taken = exported.find((made) => reserved.has(made) || known.has(made.toLowerCase()));
      if (taken !== undefined) {
        const owner = reserved.has(taken) ? "the package or JavaScript" : "another schema";
        yield [`It would be exported as \`${taken}\`, which ${owner} already uses. Choose another name.`, name];
      }
      for (const made of exported) known.set(made.toLowerCase(), name);
    }
  },
};

export const names = [operations, schemas];
