// The names that an API gives to its paths, operations and properties.
import { METHODS, methodName } from "../document.js";
import { type Location, operationsOf, type Path, pathsOf, type Refuse, type Rule, refuseWith } from "./rule.js";

export const names: Rule = () => {
  /** The operationIds so far, by the lower case of their methods. */
  const ids = new Map<string, string>();
  const methods = new Set<object>();
  return {
    Root(root, context) {
      const refuse = refuseWith(context);
      const paths = pathsOf(root, context);
      for (const path of paths) checkPath(path, refuse);
      for (const { operation, at } of paths.flatMap(operationsOf)) {
        checkId(operation.operationId, at, ids, refuse);
        methods.add(operation);
      }
      if (paths.some(({ item }) => METHODS.some((method) => method in item))) return;
      const at = context.location.child("paths");
      refuse(at, "There is no operation under `paths`: describe one, it becomes a method.");
    },
    Operation(operation, { location, report }) {
      // Operations of callbacks and webhooks do not become methods, but they do become types.
      const { operationId: id = "" } = operation;
      if (methods.has(operation) || ids.get(methodName(id).toLowerCase()) !== id) return;
      report({
        message: `operationId "${id}" is used twice: choose another.`,
        location: location.child("operationId"),
      });
    },
    SchemaProperties(properties, { location, report }) {
      for (const name of Object.keys(properties)) {
        if (!name.includes("%")) continue;
        report({ message: '"%" in the name of a property is not supported.', location: location.child([name]).key() });
      }
    },
  };
};

function checkPath({ path, item, at }: Path, refuse: Refuse): void {
  if (path.startsWith("x-")) {
    refuse(at.key(), "Extensions among the paths are not supported: put it beside `paths`.");
  }
  if (path.includes("%")) refuse(at.key(), '"%" in a path is not supported.');
  if (/[?#]/.test(path)) refuse(at.key(), 'A path has no "?" and no "#": describe query parameters.');
  if (/\{[.;]|\*\}/.test(path)) {
    refuse(at.key(), "`{.name}`, `{;name}` and `{name*}` are not supported in a path: write `{name}`.");
  }
  if ("trace" in item) {
    refuse(at.child("trace"), "TRACE is not supported, as `fetch` forbids it: remove the operation.");
  }
}

/** Names that a method must not take: the client's other members, and those with a meaning in JavaScript. */
const MEMBERS = [
  ...METHODS.map((method) => method.toUpperCase()),
  "TRACE",
  "request",
  "use",
  "eject",
  "then",
  "toJSON",
];

function checkId(id: string | undefined, operation: Location, ids: Map<string, string>, refuse: Refuse): void {
  if (!id) {
    refuse(operation.key(), "Give the operation an `operationId`: it names the client's method.");
    return;
  }
  const at = operation.child("operationId");
  const method = methodName(id);
  const taken = ids.get(method.toLowerCase());
  ids.set(method.toLowerCase(), id);
  if (!/^[A-Za-z_$]/.test(method)) {
    refuse(at, `operationId "${id}" cannot name a method: begin with a letter, and go on with letters, digits and _.`);
  } else if (MEMBERS.includes(method) || method in {}) {
    refuse(at, `operationId "${id}" is the name of a member the client already has: choose another.`);
  } else if (taken === id) {
    refuse(at, `operationId "${id}" is used twice: choose another.`);
  } else if (taken !== undefined) {
    const isCase = id.toLowerCase() === taken.toLowerCase();
    const problem = isCase ? `differs from "${taken}" only in case` : `names the same method as "${taken}", ${method}`;
    refuse(at, `operationId "${id}" ${problem}: choose another.`);
  }
}
