// What may be written in a contract: one table. Everything else is refused, and docs/project/contract-language.md shows this table.

/** What a member holds: a value (see `VALUES`), `=word`, an object of a kind in `LANGUAGE`, or, as in `[text]`, a list of them. */
export type Form = string;

/** A kind of object. */
export interface Kind {
  /** What an object of this kind is called. */
  is: string;
  /** The members that are understood; `!` marks those that have to be there. */
  members: Record<string, Form>;
  /** For a map: which other names it may have, and what they hold. */
  names?: { allowed: RegExp; hold: Form };
  /** What to write where a name is not understood. */
  otherwise: string;
  /** Where in `components` such an object may be kept, to be referred to. */
  kept?: string;
  /** What to write instead of other members that OpenAPI has. */
  instead: Record<string, string>;
}

/** The values that members hold, and what each is called. */
export const VALUES: Record<string, { is: string; fits: (value: unknown) => boolean }> = {
  text: { is: "text", fits: (value) => typeof value === "string" },
  flag: { is: "`true` or `false`", fits: (value) => typeof value === "boolean" },
  number: { is: "a number", fits: (value) => typeof value === "number" },
  count: { is: "a whole number from 0 on", fits: (value) => Number.isInteger(value) && Number(value) >= 0 },
  none: { is: "an empty list", fits: (value) => Array.isArray(value) && value.length === 0 },
  data: { is: "any value, in which nothing is read", fits: () => true },
};

/** Explain a schema and change nothing. */
export const NOTES = membersOf(
  "title text, description text, deprecated flag, externalDocs ExternalDocs, default data, example data, examples [data]",
);

/** What to write instead of keywords of schemas that are not understood. */
export const INSTEAD = adviceOf({
  nullable: 'Write `type: [string, "null"]`, or `anyOf: [{ $ref: … }, { type: "null" }]`',
  allOf: "Write all members into one object",
  "anyOf oneOf": "Write nothing else beside it but notes, or leave it out",
  not: "Only the last variant of a union has it: remove it",
  "readOnly writeOnly": "Describe what is sent and what is returned by two schemas",
  discriminator: "Give the member that tells the variants apart a `const` in each of them",
  "if then else dependentSchemas dependentRequired":
    "Describe each variant by an object of its own, and list them in `anyOf`",
  "$defs definitions $dynamicRef $dynamicAnchor $anchor $id": "Put the schema into components/schemas and refer to it",
  "patternProperties propertyNames": "Write `additionalProperties` with one schema for all names",
  unevaluatedProperties: "Write `additionalProperties: false`",
  "prefixItems contains": "Write a list whose `items` have one schema",
  uniqueItems: "Say it in the description",
  multipleOf: "Write `type: integer`, or say it in the description",
  "x-extensible-enum": "Only text can be an open set: write `type: string`, or remove it",
  $comment: "Write a comment of YAML",
  xml: "Remove it: bodies are JSON",
});

const METHODS =
  "get Operation, put Operation, post Operation, delete Operation, options Operation, head Operation, patch Operation";
const STYLES = {
  "style explode allowReserved allowEmptyValue": "Remove it: there is one way, for lists `name=a&name=b`",
};
const ONE_SERVER = "Remove it: every operation uses the server of the document";
const OBJECT = "type! data, properties Properties, required [text], additionalProperties Rest, not Exception";
const VALUE = "type! data, enum [data], const data";
const TEXT = `${VALUE}, x-extensible-enum [text], format text, minLength count, maxLength count, pattern text`;
const NUMBER = `${VALUE}, format text, minimum number, maximum number, exclusiveMinimum number, exclusiveMaximum number`;
const CALL =
  "operationId! text, tags [text], summary text, description text, deprecated flag, externalDocs ExternalDocs, security none";

/** Any name but those that have a meaning in JavaScript or JSON Schema. */
const MEMBER = new RegExp(`^(?!(\\$ref|${Object.getOwnPropertyNames(Object.prototype).join("|")})$)`, "s");
const PART = { allowed: /^[A-Za-z][\w.-]*$/, otherwise: "Write a name of letters, digits and `_`, `.`, `-`" };
const part = (name: string, hold: Form) => map(`components/${name}`, PART.allowed, hold, PART.otherwise);
const schema = (is: string, members: string) => ({
  ...kind(is, members),
  instead: INSTEAD,
  members: { ...membersOf(members), ...NOTES },
});

/** All kinds of objects, by the names that a {@link Form} has for them. */
export const LANGUAGE: Record<string, Kind> = {
  Document: kind(
    "the document",
    "openapi! text, info! Info, servers! [Server], security [Security], tags [Tag], paths! Paths, webhooks Webhooks, components Components, externalDocs ExternalDocs",
    { jsonSchemaDialect: "Remove it: it is that of OpenAPI 3.1" },
  ),
  Info: kind(
    "the document's info",
    "title! text, version! text, summary text, description text, termsOfService text, contact Contact, license License",
  ),
  Contact: kind("a contact", "name text, url text, email text"),
  License: kind("a license", "name! text, identifier text, url text"),
  ExternalDocs: kind("external documentation", "url! text, description text"),
  Tag: kind("a tag", "name! text, description text, externalDocs ExternalDocs"),
  Server: kind("a server", "url! text, description text", { variables: "Write their values into the `url`" }),
  Security: map("a security requirement", PART.allowed, "none", PART.otherwise),
  Paths: map(
    "the paths",
    /^\/(((?!\.{1,2}(\/|$))[\w.~:@-]+|\{\w[\w.-]*\})(\/|$))*$/,
    "PathItem",
    "Write a path such as /videos/{id}: each segment has letters, digits and `-._~:@`, or is one `{name}`",
  ),
  PathItem: kind("a path item", `summary text, description text, parameters [Parameter], ${METHODS}`, {
    trace: "Remove it: `fetch` cannot send TRACE",
    servers: ONE_SERVER,
    $ref: "Write the path item here",
  }),
  Operation: kind("an operation", `${CALL}, parameters [Parameter], requestBody RequestBody, responses! Responses`, {
    servers: ONE_SERVER,
    callbacks: "Describe what the API posts under `webhooks`",
    $ref: "Write the operation here",
  }),
  Parameter: kind(
    "a parameter",
    "name! text, in! text, description text, required flag, deprecated flag, schema! Schema, example data, examples Examples",
    { content: "Write a `schema`", ...STYLES },
    "parameters",
  ),
  RequestBody: kind("a request body", "description text, required flag, content! Content", {}, "requestBodies"),
  Responses: map(
    "the responses",
    /^([2-5](\d\d|XX)|default)$/,
    "Response",
    "Write a status from 200 on, a range such as `4XX`, or `default`",
  ),
  Response: kind(
    "a response",
    "description! text, headers Headers, content Content",
    { links: "Say it in the description" },
    "responses",
  ),
  Content: {
    ...kind("a body", "application/json! MediaType"),
    otherwise: "Describe JSON as `application/json`, or leave the operation out",
  },
  MediaType: kind("a media type", "schema! Schema, example data, examples Examples", {
    encoding: "Remove it: bodies are JSON",
  }),
  Headers: map("the headers of a response", /^[\w!#$%&'*+.^`|~-]+$/, "Header", "Write the name of a header"),
  Header: kind(
    "a header",
    "description text, required flag, deprecated flag, schema! Schema, example data, examples Examples",
    { content: "Write a `schema`", ...STYLES },
    "headers",
  ),
  Examples: map("examples", /^[A-Za-z][\w-]*$/, "Example", "Write a name of letters, digits, `_` and `-`"),
  Example: kind("an example", "summary text, description text, value! data", {
    externalValue: "Write the `value` here: nothing outside this file is read",
    $ref: "Write it here",
  }),
  Webhooks: map("the webhooks", /^[A-Za-z]\w*$/, "Webhook", "Write a name of letters, digits and `_`"),
  Webhook: kind("a webhook", "summary text, description text, post! Event", { $ref: "Write the webhook here" }),
  Event: kind("the operation of a webhook", `${CALL}, requestBody! RequestBody, responses! Responses`),
  Components: kind(
    "the components",
    "schemas Schemas, parameters Parameters, requestBodies RequestBodies, responses KeptResponses, headers KeptHeaders, securitySchemes SecuritySchemes",
    {
      examples: "Write each example where it is used",
      pathItems: "Write each path item under `paths`",
      callbacks: "Describe what the API posts under `webhooks`",
      links: "Say it in the description",
    },
  ),
  Schemas: map(
    "components/schemas",
    /^[A-Z]\w*$/,
    "Schema",
    "Write a name of letters, digits and `_` that begins with a capital",
  ),
  Parameters: part("parameters", "Parameter"),
  RequestBodies: part("requestBodies", "RequestBody"),
  KeptResponses: part("responses", "Response"),
  KeptHeaders: part("headers", "Header"),
  SecuritySchemes: part("securitySchemes", "SecurityScheme"),
  SecurityScheme: kind("a security scheme", "type! =apiKey, in! =header, name! text, description text", {
    scheme: "Describe a key in a header: `type: apiKey`, `in: header`",
  }),
  Reference: schema("a schema that refers to another", "$ref! text"),
  Union: schema("a union", "anyOf [Choice], oneOf [Choice]"),
  Null: kind("null in a union", "type! =null"),
  Object: schema("a schema of an object", OBJECT),
  Properties: map("the properties", MEMBER, "Schema", "Write a name that no object of JavaScript has already"),
  Exception: kind(
    "`not` in the last variant of a union",
    "type =object, required! [text], properties! ExceptedMembers",
  ),
  ExceptedMembers: map("the properties of `not`", MEMBER, "ExceptedMember", "Write another name"),
  ExceptedMember: kind("a member by which variants are told apart", "const data, enum [data]"),
  Array: schema("a schema of a list", "type! data, items! Schema, minItems count, maxItems count"),
  Text: schema("a schema of text", TEXT),
  Number: schema("a schema of a number", NUMBER),
  Flag: schema("a schema of true or false", VALUE),
  Untyped: schema("a schema", `${OBJECT}, items Schema, ${TEXT}, ${NUMBER}`),
};

function kind(is: string, members: string, instead: Record<string, string> = {}, kept?: string): Kind {
  const names = membersOf(members);
  const otherwise = `Remove it; understood are ${Object.keys(names).join(", ").replaceAll("!", "")}`;
  return { is, members: names, otherwise, instead: adviceOf(instead), ...(kept !== undefined && { kept }) };
}

function map(is: string, allowed: RegExp, hold: Form, otherwise: string): Kind {
  return { is, members: {}, names: { allowed, hold }, otherwise, instead: {} };
}

/** `name form, name! [form]` as members. */
function membersOf(text: string): Record<string, Form> {
  return Object.fromEntries(text.split(", ").map((member) => member.split(" ")));
}

/** Gives each of several names, with spaces in between, the same advice. */
function adviceOf(advice: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(advice).flatMap(([names, text]) => names.split(" ").map((name) => [name, text])),
  );
}
