// Generated from the contract by "npm run generate". Do not edit: the next run overwrites it.

/** Checks a value up to the first error; `errors` then says what is wrong and where. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly ValidateError[] | null;
}

/** One Ajv error: its message is about the schema, never about the value. */
export interface ValidateError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: {
    readonly missingProperty?: string;
    readonly additionalProperty?: string;
    readonly allowedValues?: readonly unknown[];
    readonly allowedValue?: unknown;
  };
}

/** By `METHOD path`, then by status, range or `default`; null for a response without a body. */
export declare const validators: Readonly<Record<string, Readonly<Record<string, Validate | null>>>>;

/** By webhook name: the validator of the posted event. */
export declare const events: Readonly<Record<string, Validate>>;
