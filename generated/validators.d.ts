// Made from the contract by "npm run generate". Do not edit: the next run overwrites it.

/** Checks a value; its `errors` then say where that does not fit. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly ValidateError[] | null;
}

/** What Ajv says of one misfit: a text about the schema, never about the value. */
export interface ValidateError {
  readonly instancePath: string;
  readonly message: string;
  readonly params: { readonly missingProperty?: string };
}

/** By `METHOD path`, then by status, range or `default`; null where the contract describes no JSON. */
export declare const validators: Readonly<Record<string, Readonly<Record<string, Validate | null>>>>;
