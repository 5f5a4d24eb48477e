// One server, and one key in a header.
import { HEADER, SET_BY_OTHERS } from "./parameters.js";
import type { Rule } from "./rule.js";

const servers: Rule = {
  of: "Document",
  *check({ value }) {
    const [server, second] = [value.servers].flat();
    const { url } = Object(server);
    const pointer = ["servers", ...(server === undefined ? [] : ["0", "url"])];
    if (second !== undefined)
      yield { pointer: ["servers", "1"], message: "Only one server is supported. Remove this one." };
    if (/^http:\/\/(?!(localhost|127\.\d+\.\d+\.\d+|\[::1\])([:/]|$))/i.test(url)) {
      yield { pointer, message: "The key may only be sent over https:, except to this machine. Write an https: URL." };
    } else if (!/^https?:\/\/[^{}?#@\\\s]+$/i.test(url) || !URL.canParse(url)) {
      yield {
        pointer,
        message: "The server must be an absolute URL without query, fragment or credentials. Write one.",
      };
    }
  },
};

const schemes: Rule = {
  of: "SecuritySchemes",
  *check({ pointer, value }) {
    for (const [index, [name, scheme]] of Object.entries(value).entries()) {
      const header = String(Object(scheme).name);
      if (index > 0)
        yield { pointer: [...pointer, name], message: "Only one security scheme is supported. Remove this one." };
      if (HEADER.test(header) && !SET_BY_OTHERS.test(header)) continue;
      yield {
        pointer: [...pointer, name, "name"],
        message: "A key cannot be sent in this header. Write another name.",
      };
    }
  },
};

const security: Rule = {
  of: "Document",
  *check({ value }) {
    const { securitySchemes } = Object(value.components);
    for (const [index, requirement] of [value.security ?? []].flat().entries()) {
      const names = Object.keys(Object(requirement));
      const isScheme = names.length === 1 && names.every((name) => Object.hasOwn(Object(securitySchemes), name));
      if (isScheme && index === 0) continue;
      const message = "This is not a reference to the scheme in components/securitySchemes. Write `- NAME: []` once.";
      yield { pointer: ["security", String(index)], message };
    }
  },
};

export const server = [servers, schemes, security];
