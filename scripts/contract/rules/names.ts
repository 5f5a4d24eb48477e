// The names of operations and schemas, which become those of methods, types and constants.
import { readFileSync } from "node:fs";
import { constantName } from "../../generate/values.js";
import { METHODS } from "../document.js";
import type { Rule } from "./rule.js";

/** Names that a method must not take: the client's other members, and those with a meaning in JavaScript. */
const MEMBERS = [...METHODS.map((method) => method.toUpperCase()), ..."TRACE request use eject then toJSON".split(" ")];

const operations: Rule = {
  of: "Document",
  *check(_, reading) {
    const known = new Map<string, string>();
    for (const { pointer, value } of [...reading.nodes("Operation"), ...reading.nodes("Event")]) {
      const id = String(value.operationId);
      const other = known.get(id.toLowerCase());
      known.set(id.toLowerCase(), id);
      const refuse = (message: string) => ({ pointer: [...pointer, "operationId"], message });
      if (!/^[A-Za-z_$][\w$]*$/.test(id)) {
        const words = id.replace(/[^\w$]+(.)?/g, (_, next = "") => next.toUpperCase()).replace(/^\d+/, "");
        yield refuse(`"${id}" cannot name a method. Write letters, digits and _${words && `, such as "${words}"`}.`);
      } else if (MEMBERS.includes(id) || id in {}) {
        yield refuse(`The client has a member "${id}" already. Choose another name.`);
      } else if (other !== undefined) {
        const problem = id === other ? `"${id}" is used twice` : `"${id}" differs from "${other}" only in case`;
        yield refuse(`${problem}. Choose another name.`);
      }
    }
  },
};

/** Types of JavaScript, TypeScript and the web platform that the package's own types may use. */
const GLOBALS =
  "AbortSignal Array ArrayBuffer Awaited BigInt Blob BodyInit Boolean Date Error Exclude Extract FormData Function Headers " +
  "HeadersInit InstanceType Iterable Map NoInfer NonNullable Number Object Omit Parameters Partial Pick Promise PromiseLike " +
  "Proxy RangeError ReadableStream Readonly ReadonlyArray Record RegExp Request RequestInit Required Response ResponseInit " +
  "ReturnType Set String Symbol SyntaxError TypeError URL URLSearchParams Uint8Array WeakMap WeakSet WithRequired";

/** The names that a module exports by `export { … } from`; it may do nothing else but `export *`. */
export function exportedNames(code: string): string[] {
  const rest = code.replace(/^export (type )?(\{[^}]*\}|\*) from "[^"]*";$/gm, "").replace(/^\s*\/\/.*$/gm, "");
  if (rest.trim() !== "") throw new Error(`This is not an export of names from another module: ${rest.trim()}`);
  const lists = [...code.matchAll(/\{([^}]*)\}/g)].flatMap(([, list = ""]) => list.split(","));
  return lists.map((name) => name.replace(/.* as |\btype\b/g, "").trim()).filter((name) => name !== "");
}

const index = readFileSync(new URL("../../../src/index.ts", import.meta.url), "utf8");
const reserved = new Set([...exportedNames(index), ...GLOBALS.split(" ")]);

const schemas: Rule = {
  of: "Schemas",
  *check({ pointer, value }) {
    const known = new Map<string, string>();
    for (const [name, schema] of Object.entries(value)) {
      const isOpen = "x-extensible-enum" in Object(schema);
      const exported = [name, ...(isOpen ? [constantName(name), `Known${name}`] : [])];
      const taken = exported.find((made) => reserved.has(made) || known.has(made.toLowerCase()));
      if (taken !== undefined) {
        const owner = reserved.has(taken) ? "a name of the package or of JavaScript" : "that of another schema";
        yield {
          pointer: [...pointer, name],
          message: `It would be exported as ${taken}, ${owner}. Choose another name.`,
        };
      }
      for (const made of exported) known.set(made.toLowerCase(), name);
    }
  },
};

export const names = [operations, schemas];
