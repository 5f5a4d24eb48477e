// Problems of a contract, and their places.

/** The contract cannot be used: each line of the message has a `file:line:column` and a problem. */
export class ContractError extends Error {}

/** A problem, and the path to its place. */
export interface Problem {
  pointer: string[];
  message: string;
}
