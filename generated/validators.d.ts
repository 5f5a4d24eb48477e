// Made from the contract by "npm run generate". Do not edit: the next run overwrites it.

/** Checks a value, up to the first error; afterwards, its `errors` say what is wrong and where. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly ValidateError[] | null;
}

/** What Ajv says of one error: a text about the schema, never about the value. */
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

/** By `METHOD path`, then by status, range or `default`; null where the contract describes no JSON. */
export declare const validators: Readonly<Record<string, Readonly<Record<string, Validate | null>>>>;

/** By the name of a webhook: the check of what is posted. */
export declare const events: Readonly<Record<string, Validate>>;
