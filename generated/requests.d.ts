// Generated from the contract by "npm run generate". Do not edit: the next run overwrites it.

import type { Operations } from "./operations.js";
import type { Validate } from "./validators.js";

/** A parameter: where it is sent, and its name. */
export type Parameter = readonly ["path" | "query" | "header", name: string];

/** The rules for an operation's requests. */
export interface RequestRules {
  readonly parameters: readonly Parameter[];
  /** Checks an object of parameter values, by where they are sent; a value may be a string. Null without parameters. */
  readonly check: Validate | null;
  /** Null if the contract describes no body. */
  readonly body: { readonly isRequired: boolean; readonly check: Validate } | null;
}

/** Each operation's rules by its `operationId`. */
export declare const requests: Readonly<Record<keyof Operations, RequestRules>>;
