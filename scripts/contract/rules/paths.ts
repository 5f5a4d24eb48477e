// Paths: no route appears twice, and exactly the parameters in the path are described.
import { METHODS, parametersOf } from "../document.js";
import type { Rule } from "./rule.js";

const NAMES = /\{([^}]*)\}/g;

const routes: Rule = {
  of: "Paths",
  *check({ value }) {
    const known = new Map<string, string>();
    for (const path of Object.keys(value)) {
      const route = path.replace(NAMES, "{}").replace(/\/$/, "");
      const other = known.get(route);
      known.set(route, path);
      if (other === undefined) continue;
      yield [`\`${other}\` is the same route. Move the operations there.`, path];
    }
    if (Object.values(value).some((item) => METHODS.some((method) => method in Object(item)))) return;
    yield ["There are no operations. Add at least one."];
  },
};

const templates: Rule = {
  of: "Operation",
  *check({ pointer }, { document }) {
    const [, path = "", method = ""] = pointer;
    const names = [...path.matchAll(NAMES)].map(([, name = ""]) => name);
    const described = parametersOf({ document }, { path, method })
      .filter(({ value }) => Reflect.get(value, "in") === "path")
      .map(({ value }) => String(Reflect.get(value, "name")));
    for (const name of names.filter((name) => !described.includes(name))) {
      yield [`The path parameter {${name}} is not described. Add it with \`in: path\` and \`required: true\`.`];
    }
    for (const name of described.filter((name) => !names.includes(name))) {
      yield [`The path has no {${name}}. Remove this parameter, or add it to the path.`];
    }
    if (new Set(names).size === names.length) return;
    yield ["The path uses one parameter name twice. Rename one."];
  },
};

export const paths = [routes, templates];
