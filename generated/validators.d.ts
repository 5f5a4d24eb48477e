// Made from the contract by "npm run generate". Do not edit: the next run overwrites it.

/** Tells whether a value fits; if not, `errors` says where. */
export interface Validate {
  (value: unknown): boolean;
  errors?: readonly Violation[] | null;
}

/** What Ajv says of one violation; it quotes the contract, never the value. */
export interface Violation {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: { readonly missingProperty?: string };
}

/** By `METHOD path`, then by status, range or `default`; null where the contract describes no JSON. */
export declare const validators: Readonly<Record<string, Readonly<Record<string, Validate | null>>>>;
