// The names of operations and schemas, which become those of methods, types and constants.
import { constantName } from "../../generate/values.js";
import { METHODS } from "../document.js";
import { reservedNames } from "../exported-names.js";
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

const schemas: Rule = {
  of: "Schemas",
  *check({ pointer, value }) {
    const known = new Map<string, string>();
    for (const [name, schema] of Object.entries(value)) {
      const isOpen = "x-extensible-enum" in Object(schema);
      const exported = [name, ...(isOpen ? [constantName(name), `Known${name}`] : [])];
      const taken = exported.find((made) => reservedNames().has(made) || known.has(made.toLowerCase()));
      if (taken !== undefined) {
        const owner = reservedNames().has(taken) ? "a name of the package or of JavaScript" : "that of another schema";
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
