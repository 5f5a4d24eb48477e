// What the rules share: each looks at the objects of one kind, for what no table of members can say.
import type { Problem } from "../problem.js";
import type { Node, Reading } from "../understand.js";

export interface Rule {
  /** The kind of objects that it looks at, as the language names them. */
  of: string;
  check: (node: Node, reading: Reading) => Iterable<Problem>;
}

/** The problems that rules find. A rule that fails is a problem too, never a pass. */
export const applyRules = (rules: Rule[], reading: Reading): Problem[] =>
  rules.flatMap(({ of, check }) =>
    reading.nodes(of).flatMap((node) => {
      try {
        return [...check(node, reading)];
      } catch (error) {
        return [{ pointer: node.pointer, message: `A rule failed here, which is a fault of the generator: ${error}` }];
      }
    }),
  );
