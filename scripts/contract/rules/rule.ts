// The type of a rule: it checks all objects of one kind for what LANGUAGE cannot express.
import type { Problem } from "../problem.js";
import type { Node, Reading } from "../walk.js";

export interface Rule {
  /** The kind of objects that it checks, as named in LANGUAGE. */
  of: string;
  check: (node: Node, reading: Reading) => Iterable<Problem>;
}

/** The problems that rules find. A rule that throws is reported as a problem, never ignored. */
export const applyRules = (rules: Rule[], reading: Reading): Problem[] =>
  rules.flatMap(({ of, check }) =>
    reading.nodes(of).flatMap((node) => {
      try {
        return [...check(node, reading)];
      } catch (error) {
        return [{ pointer: node.pointer, message: `A rule threw here; this is a bug in the generator: ${error}` }];
      }
    }),
  );
