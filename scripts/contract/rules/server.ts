// One server, and one key in a header.
import { HEADER, SET_BY_OTHERS } from "./parameters.js";
import type { Rule } from "./rule.js";

const URL_PATH = ["servers", "0", "url"];

const servers: Rule = {
  of: "Document",
  *check({ value }) {
    const [server, second] = [value.servers].flat();
    const { url } = Object(server);
    if (second !== undefined) yield ["Only one server is supported. Remove this one.", "servers", "1"];
    if (/^http:\/\/(?!(localhost|127\.\d+\.\d+\.\d+|\[::1\])([:/]|$))/i.test(url)) {
      yield ["The key may only be sent over https:, except to this machine. Write an https: URL.", ...URL_PATH];
    } else if (!/^https?:\/\/[^{}?#@\\\s]+$/i.test(url) || !URL.canParse(url)) {
      yield ["The server must be an absolute URL without query, fragment or credentials. Write one.", ...URL_PATH];
    }
  },
};

const schemes: Rule = {
  of: "SecuritySchemes",
  *check({ value }) {
    for (const [index, [name, scheme]] of Object.entries(value).entries()) {
      const header = String(Object(scheme).name);
      if (index > 0) yield ["Only one security scheme is supported. Remove this one.", name];
      if (HEADER.test(header) && !SET_BY_OTHERS.test(header)) continue;
      yield ["A key cannot be sent in this header. Write another name.", name, "name"];
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
      yield [
        "Only the scheme in components/securitySchemes can be used. Write `- NAME: []` once.",
        "security",
        `${index}`,
      ];
    }
  },
};

export const server = [servers, schemes, security];
