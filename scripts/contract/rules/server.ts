// One server, one key in a header.
import { HEADER, SET_BY_OTHERS } from "./parameters.js";
import type { Rule } from "./rule.js";

const servers: Rule = {
  of: "Document",
  *check({ value }) {
    const [server, second] = [value.servers].flat();
    const { url } = Object(server);
    const pointer = ["servers", ...(server === undefined ? [] : ["0", "url"])];
    if (second !== undefined)
      yield { pointer: ["servers", "1"], message: "One server is understood. Remove this one." };
    if (/^http:\/\/(?!(localhost|127\.\d+\.\d+\.\d+|\[::1\])([:/]|$))/i.test(url)) {
      yield { pointer, message: "The key is sent over https: only, but for this machine. Write an https: URL." };
    } else if (!/^https?:\/\/[^{}?#@\\\s]+$/i.test(url) || !URL.canParse(url)) {
      yield { pointer, message: "This is not an absolute URL without query, fragment and user. Write one." };
    }
  },
};

const schemes: Rule = {
  of: "SecuritySchemes",
  *check({ pointer, value }) {
    for (const [index, [name, scheme]] of Object.entries(value).entries()) {
      const header = String(Object(scheme).name);
      if (index > 0) yield { pointer: [...pointer, name], message: "One key is understood. Remove this scheme." };
      if (HEADER.test(header) && !SET_BY_OTHERS.test(header)) continue;
      yield { pointer: [...pointer, name, "name"], message: "No key can be sent in this header. Write another name." };
    }
  },
};

const security: Rule = {
  of: "Document",
  *check({ value }) {
    const { securitySchemes } = Object(value.components);
    const requirements = [value.security ?? []].flat();
    if (requirements.length > 1) {
      yield { pointer: ["security", "1"], message: "One key is understood. Remove this requirement." };
    }
    for (const [index, requirement] of requirements.entries()) {
      const [name, ...more] = Object.keys(Object(requirement));
      if (more.length === 0 && name !== undefined && Object.hasOwn(Object(securitySchemes), name)) continue;
      const message = "This is not one scheme of components/securitySchemes. Write its name, such as `- key: []`.";
      yield { pointer: ["security", String(index)], message };
    }
  },
};

export const server = [servers, schemes, security];
