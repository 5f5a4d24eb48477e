// Made from the contract by "npm run generate". Do not edit: the next run overwrites it.

import type { Operations } from "./operations.js";
import type { Validate } from "./validators.js";

/** A parameter: where it is sent, its name, and whether it may be more than one value. */
export type Parameter = readonly ["path" | "query" | "header", name: string, kind?: "list" | "object"];

/** What an operation asks of a request. */
export interface RequestRules {
  readonly parameters: readonly Parameter[];
  /** Checks an object of the parameters' values, by where they are sent; a value may be text. Null where there are none. */
  readonly check: Validate | null;
  /** Null where the contract describes no body. The check is null where it describes no schema. */
  readonly body: { readonly type: string; readonly isRequired: boolean; readonly check: Validate | null } | null;
}

/** Each operation's rules by its `operationId`. */
export declare const requests: Readonly<Record<keyof Operations, RequestRules>>;
