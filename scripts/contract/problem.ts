// What is wrong with a contract, and where.

/** The contract cannot be used: each line of the message is a `file:line:column` and what is wrong there. */
export class ContractError extends Error {}

/** Something that is wrong, and the names on the way to it. */
export interface Problem {
  pointer: string[];
  message: string;
}
