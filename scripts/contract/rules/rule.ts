// The type of a rule: it checks all objects of one kind for what LANGUAGE cannot express.
import type { Problem } from "../problem.js";
import type { Node, Reading } from "../walk.js";

/** What is wrong, and the path to it from the object that is checked. */
export type Finding = [message: string, ...path: string[]];

export interface Rule {
  /** The kind of objects that it checks, as named in LANGUAGE. */
  of: string;
  check: (node: Node, reading: Reading) => Iterable<Finding>;
}

/** The problems that rules find. A rule that throws is reported as a problem, never ignored. */
export const applyRules = (rules: Rule[], reading: Reading): Problem[] =>
  rules.flatMap(({ of, check }) => reading.nodes(of).flatMap((node) => findings(check, node, reading)));

function findings(check: Rule["check"], node: Node, reading: Reading): Problem[] {
  try {
    return [...check(node, reading)].map(([message, ...path]) => ({ message, pointer: [...node.pointer, ...path] }));
  } catch (error) {
    return [{ pointer: node.pointer, message: `A rule threw here; this is a bug in the generator: ${error}` }];
  }
}
