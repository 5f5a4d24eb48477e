// What may be written in a contract: one table. Everything else is refused, and docs/project/contract-language.md shows this table.

/** What a member holds: a value (see `VALUES`), `=word`, an object of a kind in `LANGUAGE`, or, in brackets, a list of them. */
export type Form = string | readonly [string];

/** A kind of object. */
export interface Kind {
  /** What an object of this kind is called. */
  is: string;
  /** The members that are understood; `!` marks those that have to be there. */
  members?: Record<string, Form>;
  /** For a map: which names it may have, what these are called, and what they hold. */
  names?: { allowed: RegExp; are: string; hold: Form };
  /** Where in `components` such an object may be kept, to be referred to. */
  kept?: string;
  /** What to write instead of other members that OpenAPI has. */
  instead?: Record<string, string>;
}

/** Explain a schema and change nothing; `x-…` may be written in any object but a map. */
export const NOTES = {
  title: "text",
  description: "text",
  deprecated: "flag",
  externalDocs: "ExternalDocs",
  default: "data",
  example: "data",
  examples: ["data"],
} satisfies Record<string, Form>;

/** The values that members hold, and what each is called. */
export const VALUES: Record<string, { is: string; fits: (value: unknown) => boolean }> = {
  text: { is: "text", fits: (value) => typeof value === "string" },
  flag: { is: "`true` or `false`", fits: (value) => typeof value === "boolean" },
  number: { is: "a number", fits: (value) => typeof value === "number" },
  count: { is: "a whole number from 0 on", fits: (value) => Number.isInteger(value) && Number(value) >= 0 },
  data: { is: "any value, in which nothing is read", fits: () => true },
};

const NULLABLE = 'Write `type: [string, "null"]`, or `anyOf: [{ $ref: … }, { type: "null" }]`';
const ONE_OBJECT = "Write all members into one object";
const TWO_SCHEMAS = "Describe what is sent and what is returned by two schemas";
const VARIANTS = "Describe each variant by an object of its own, and list them in `anyOf`";
const DEFINE = "Put the schema into components/schemas and refer to it";
const LIST = "Write a list whose `items` have one schema";
const NO_STYLE = "Remove it: a value is written in the one usual way, a list in the query as `name=a&name=b`";
const ONE_SERVER = "Remove it: every operation uses the server of the document";

/** Written instead of the keywords of JSON Schema and OpenAPI that are not understood. */
export const INSTEAD: Record<string, string> = {
  nullable: NULLABLE,
  allOf: ONE_OBJECT,
  anyOf: "Write nothing else beside it but notes, or leave it out",
  oneOf: "Write nothing else beside it but notes, or leave it out",
  not: "Only the last variant of a union has it: remove it",
  readOnly: TWO_SCHEMAS,
  writeOnly: TWO_SCHEMAS,
  discriminator: "Give the member that tells the variants apart a `const` in each of them",
  if: VARIANTS,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: VARIANTS,
  else: VARIANTS,
  dependentSchemas: VARIANTS,
  dependentRequired: VARIANTS,
  $defs: DEFINE,
  definitions: DEFINE,
  $dynamicRef: DEFINE,
  $dynamicAnchor: DEFINE,
  $anchor: DEFINE,
  $id: DEFINE,
  patternProperties: "Write `additionalProperties` with one schema for all names",
  propertyNames: "Write `additionalProperties`",
  unevaluatedProperties: "Write `additionalProperties: false`",
  prefixItems: LIST,
  contains: LIST,
  uniqueItems: "Say it in the description",
  multipleOf: "Write `type: integer`, or say it in the description",
  $comment: "Write a comment of YAML",
  "x-extensible-enum": "Only text can be an open set: write `type: string`, or remove it",
  xml: "Remove it: bodies are JSON",
};

const METHODS = {
  get: "Operation",
  put: "Operation",
  post: "Operation",
  delete: "Operation",
  options: "Operation",
  head: "Operation",
  patch: "Operation",
} as const;

const OBJECT = {
  "type!": "data",
  properties: "Properties",
  required: ["text"],
  additionalProperties: "Rest",
  not: "Exception",
} satisfies Record<string, Form>;
const ARRAY = { "type!": "data", "items!": "Schema", minItems: "count", maxItems: "count" } satisfies Record<
  string,
  Form
>;
const FLAG = { "type!": "data", enum: ["data"], const: "data" } satisfies Record<string, Form>;
const TEXT = {
  ...FLAG,
  "x-extensible-enum": ["text"],
  format: "text",
  minLength: "count",
  maxLength: "count",
  pattern: "text",
} satisfies Record<string, Form>;
const NUMBER = {
  ...FLAG,
  format: "text",
  minimum: "number",
  maximum: "number",
  exclusiveMinimum: "number",
  exclusiveMaximum: "number",
} satisfies Record<string, Form>;

const DESCRIBED = { summary: "text", description: "text" } as const;
const EXAMPLES = { example: "data", examples: "Examples" } as const;
const schema = (is: string, members: Record<string, Form>) => ({
  is,
  members: { ...members, ...NOTES },
  instead: INSTEAD,
});

/** Any name but those that have a meaning in JavaScript or JSON Schema. */
const MEMBER = new RegExp(`^(?!(\\$ref|${Object.getOwnPropertyNames(Object.prototype).join("|")})$)`, "s");
const COMPONENT = { allowed: /^[A-Za-z][\w.-]*$/, are: "a name of letters, digits and `_`, `.`, `-`" };
const TYPE = { allowed: /^[A-Z]\w*$/, are: "a name of letters, digits and `_` that begins with a capital" };

/** All kinds of objects, by the names that {@link Form} has for them. */
export const LANGUAGE: Record<string, Kind> = {
  Document: {
    is: "the document",
    members: {
      "openapi!": "text",
      "info!": "Info",
      "servers!": ["Server"],
      security: ["Security"],
      tags: ["Tag"],
      "paths!": "Paths",
      webhooks: "Webhooks",
      components: "Components",
      externalDocs: "ExternalDocs",
    },
    instead: { jsonSchemaDialect: "Remove it: it is that of OpenAPI 3.1" },
  },
  Info: {
    is: "the document's info",
    members: {
      "title!": "text",
      "version!": "text",
      ...DESCRIBED,
      termsOfService: "text",
      contact: "Contact",
      license: "License",
    },
  },
  Contact: { is: "a contact", members: { name: "text", url: "text", email: "text" } },
  License: { is: "a license", members: { "name!": "text", identifier: "text", url: "text" } },
  ExternalDocs: { is: "external documentation", members: { "url!": "text", description: "text" } },
  Tag: { is: "a tag", members: { "name!": "text", description: "text", externalDocs: "ExternalDocs" } },
  Server: {
    is: "a server",
    members: { "url!": "text", description: "text" },
    instead: { variables: "Write their values into the `url`" },
  },
  Security: { is: "a security requirement", names: { ...COMPONENT, hold: ["text"] } },
  Paths: {
    is: "the paths",
    names: {
      allowed: /^\/(((?!\.{1,2}(\/|$))[\w.~:@-]+|\{\w[\w.-]*\})(\/|$))*$/,
      are: "a path such as /videos/{id}, in which letters, digits and `-._~:@` or one `{name}` make up a segment",
      hold: "PathItem",
    },
  },
  PathItem: {
    is: "a path item",
    members: { ...DESCRIBED, parameters: ["Parameter"], ...METHODS },
    instead: {
      trace: "Remove it: `fetch` cannot send TRACE",
      servers: ONE_SERVER,
      $ref: "Write the path item here",
    },
  },
  Operation: {
    is: "an operation",
    members: {
      "operationId!": "text",
      tags: ["text"],
      ...DESCRIBED,
      deprecated: "flag",
      externalDocs: "ExternalDocs",
      security: ["Security"],
      parameters: ["Parameter"],
      requestBody: "RequestBody",
      "responses!": "Responses",
    },
    instead: {
      servers: ONE_SERVER,
      callbacks: "Describe what the API posts under `webhooks`",
      $ref: "Write the operation here",
    },
  },
  Parameter: {
    is: "a parameter",
    kept: "parameters",
    members: {
      "name!": "text",
      "in!": "text",
      description: "text",
      required: "flag",
      deprecated: "flag",
      "schema!": "Schema",
      ...EXAMPLES,
    },
    instead: {
      content: "Write a `schema`",
      style: NO_STYLE,
      explode: NO_STYLE,
      allowReserved: NO_STYLE,
      allowEmptyValue: NO_STYLE,
    },
  },
  RequestBody: {
    is: "a request body",
    kept: "requestBodies",
    members: { description: "text", required: "flag", "content!": "Content" },
  },
  Responses: {
    is: "the responses",
    names: {
      allowed: /^([2-5](\d\d|XX)|default)$/,
      are: "a status from 200 on, a range such as `4XX`, or `default`",
      hold: "Response",
    },
  },
  Response: {
    is: "a response",
    kept: "responses",
    members: { "description!": "text", headers: "Headers", content: "Content" },
    instead: { links: "Say it in the description" },
  },
  Content: {
    is: "a body",
    names: {
      allowed: /^application\/json$/,
      are: "`application/json`: describe JSON, or leave the operation out",
      hold: "MediaType",
    },
  },
  MediaType: {
    is: "a media type",
    members: { "schema!": "Schema", ...EXAMPLES },
    instead: { encoding: "Remove it: bodies are JSON" },
  },
  Headers: {
    is: "the headers of a response",
    names: { allowed: /^[\w!#$%&'*+.^`|~-]+$/, are: "the name of a header", hold: "Header" },
  },
  Header: {
    is: "a header",
    kept: "headers",
    members: { description: "text", required: "flag", deprecated: "flag", "schema!": "Schema", ...EXAMPLES },
    instead: { content: "Write a `schema`", style: NO_STYLE, explode: NO_STYLE },
  },
  Examples: {
    is: "examples",
    names: { allowed: /^[A-Za-z][\w-]*$/, are: "a name of letters, digits, `_` and `-`", hold: "Example" },
  },
  Example: {
    is: "an example",
    members: { ...DESCRIBED, "value!": "data" },
    instead: { externalValue: "Write the `value` here: nothing outside this file is read", $ref: "Write it here" },
  },
  Webhooks: {
    is: "the webhooks",
    names: { allowed: /^[A-Za-z]\w*$/, are: "a name of letters, digits and `_`", hold: "Webhook" },
  },
  Webhook: {
    is: "a webhook",
    members: { ...DESCRIBED, "post!": "Event" },
    instead: { $ref: "Write the webhook here" },
  },
  Event: {
    is: "the operation of a webhook",
    members: {
      "operationId!": "text",
      tags: ["text"],
      ...DESCRIBED,
      deprecated: "flag",
      externalDocs: "ExternalDocs",
      security: ["Security"],
      "requestBody!": "RequestBody",
      "responses!": "Responses",
    },
  },
  Components: {
    is: "the components",
    members: {
      schemas: "Schemas",
      parameters: "Parameters",
      requestBodies: "RequestBodies",
      responses: "KeptResponses",
      headers: "KeptHeaders",
      securitySchemes: "SecuritySchemes",
    },
    instead: {
      examples: "Write each example where it is used",
      pathItems: "Write each path item under `paths`",
      callbacks: "Describe what the API posts under `webhooks`",
      links: "Say it in the description",
    },
  },
  Schemas: { is: "components/schemas", names: { ...TYPE, hold: "Schema" } },
  Parameters: { is: "components/parameters", names: { ...COMPONENT, hold: "Parameter" } },
  RequestBodies: { is: "components/requestBodies", names: { ...COMPONENT, hold: "RequestBody" } },
  KeptResponses: { is: "components/responses", names: { ...COMPONENT, hold: "Response" } },
  KeptHeaders: { is: "components/headers", names: { ...COMPONENT, hold: "Header" } },
  SecuritySchemes: { is: "components/securitySchemes", names: { ...COMPONENT, hold: "SecurityScheme" } },
  SecurityScheme: {
    is: "a security scheme",
    members: { "type!": "=apiKey", "in!": "=header", "name!": "text", description: "text" },
    instead: { scheme: "Describe a key in a header: `type: apiKey`, `in: header`" },
  },
  Reference: schema("a schema that refers to another", { "$ref!": "text" }),
  Union: schema("a union", { anyOf: ["Choice"], oneOf: ["Choice"] }),
  Nothing: { is: "null in a union", members: { "type!": "=null" } },
  Object: schema("a schema of an object", OBJECT),
  Properties: {
    is: "the properties",
    names: { allowed: MEMBER, are: "a name that no object of JavaScript has already", hold: "Schema" },
  },
  Exception: {
    is: "`not` in the last variant of a union",
    members: { type: "=object", "required!": ["text"], "properties!": "ExceptedMembers" },
  },
  ExceptedMembers: { is: "its properties", names: { allowed: MEMBER, are: "a name", hold: "ExceptedMember" } },
  ExceptedMember: { is: "a member by which variants are told apart", members: { const: "data", enum: ["data"] } },
  Array: schema("a schema of a list", ARRAY),
  Text: schema("a schema of text", TEXT),
  Number: schema("a schema of a number", NUMBER),
  Flag: schema("a schema of true or false", FLAG),
  Untyped: schema("a schema", { ...OBJECT, items: "Schema", ...TEXT, ...NUMBER }),
};
