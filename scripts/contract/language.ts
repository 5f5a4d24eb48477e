// The supported subset of OpenAPI, as one table; docs/project/contract-language.md shows it. Everything else is rejected.
import { METHODS } from "./document.js";

/** The type of a member: a value (see `VALUES`), a fixed word (`=word`), an object (see `LANGUAGE`), or a list of one of these (`[string]`). */
export type Form = string;

/** A kind of object. */
export interface Kind {
  /** The name of such an object in messages. */
  is: string;
  /** The supported members; `!` marks required ones. */
  members: Record<string, Form>;
  /** For a map: the allowed names, and the type of their values. */
  names?: { allowed: RegExp; value: Form };
  /** What to write instead of a name that is not supported. */
  otherwise: string;
  /** The part of `components` in which such an object can be defined. */
  sharedIn?: string;
  /** What to write instead of OpenAPI's other members. */
  instead: Record<string, string>;
}

/** The types of plain values, and their names in messages. */
export const VALUES: Record<string, { is: string; accepts: (value: unknown) => boolean }> = {
  string: { is: "a string", accepts: (value) => typeof value === "string" },
  boolean: { is: "`true` or `false`", accepts: (value) => typeof value === "boolean" },
  number: { is: "a number", accepts: (value) => typeof value === "number" },
  count: { is: "a non-negative integer", accepts: (value) => Number.isInteger(value) && Number(value) >= 0 },
  none: { is: "an empty list", accepts: (value) => Array.isArray(value) && value.length === 0 },
  types: { is: "a type name, or a list of type names", accepts: () => true },
  data: { is: "any value", accepts: () => true },
};

const DESCRIBE = "Mention it in the description";

/** Annotations without effect. */
export const ANNOTATIONS = membersOf(
  "title string, description string, deprecated boolean, externalDocs ExternalDocs, default data, example data, examples [data]",
);

/** What to write instead of unsupported schema keywords. */
export const INSTEAD = adviceOf({
  nullable: 'Write `type: [string, "null"]`, or `anyOf: [{ $ref: … }, { type: "null" }]`',
  allOf: "Merge all members into one object schema",
  "anyOf oneOf": "Only annotations (`title`, `description`, …) may appear next to it",
  not: "Allowed only in the last variant of a union",
  "readOnly writeOnly": "Use separate schemas for requests and responses",
  discriminator: "Give the discriminating member a `const` in each variant",
  "if then else dependentSchemas dependentRequired":
    "Describe each variant as a separate object, and list them in `anyOf`",
  "$defs definitions $dynamicRef $dynamicAnchor $anchor $id": "Move the schema to components/schemas and refer to it",
  "patternProperties propertyNames": "Write `additionalProperties` with one schema for all names",
  unevaluatedProperties: "Write `additionalProperties: false`",
  "prefixItems contains": "Use one schema for all `items`",
  uniqueItems: DESCRIBE,
  multipleOf: "Write `type: integer`, or mention it in the description",
  "x-extensible-enum": "Write `type: string` or remove it, since only strings can be an open set",
  $comment: "Use a YAML comment",
  xml: "Remove it, since bodies are JSON",
});

const OPERATIONS = METHODS.map((method) => `${method} Operation`).join(", ");
const ABOUT = "summary string, description string";
const STYLES = "style explode allowReserved allowEmptyValue";
const ONE_STYLE = "Remove it, since there is only one serialisation";
const ONE_SERVER = "Remove it, since every operation uses the document's server";
const OBJECT = "type! types, properties Properties, required [string], additionalProperties Rest, not Exclusion";
const VALUE = "type! types, enum [data], const data";
const STRING = `${VALUE}, x-extensible-enum [string], format string, minLength count, maxLength count, pattern string`;
const NUMBER = `${VALUE}, format string, minimum number, maximum number, exclusiveMinimum number, exclusiveMaximum number`;
const CALL = `operationId! string, tags [string], ${ABOUT}, deprecated boolean, externalDocs ExternalDocs, security none`;
const FIELD =
  "description string, required boolean, deprecated boolean, schema! Schema, example data, examples Examples";

/** Any name except those with a meaning in JavaScript or JSON Schema. */
const MEMBER = new RegExp(`^(?!(\\$ref|${Object.getOwnPropertyNames(Object.prototype).join("|")})$)`, "s");
const PROPERTY = "Write a name that is not already a property of every JavaScript object, such as `constructor`";
const nameOf = (others: string, first = "letter") =>
  `Write a name of letters, digits and \`${others}\` that starts with a ${first}`;
const PART = { allowed: /^[A-Za-z][\w.-]*$/, otherwise: nameOf("_.-") };
const part = (name: string, form: Form) => map(`components/${name}`, PART.allowed, form, PART.otherwise);
const schema = (is: string, members: string) => ({
  ...kind(is, members),
  instead: INSTEAD,
  members: { ...membersOf(members), ...ANNOTATIONS },
});

/** All kinds of objects, by their names in a {@link Form}. */
export const LANGUAGE: Record<string, Kind> = {
  Document: kind(
    "the document",
    "openapi! string, info! Info, servers! [Server], security [Security], tags [Tag], paths! Paths, webhooks Webhooks, components Components, externalDocs ExternalDocs",
    { jsonSchemaDialect: "Remove it, since the dialect is always OpenAPI 3.1's" },
  ),
  Info: kind(
    "the info object",
    `title! string, version! string, ${ABOUT}, termsOfService string, contact Contact, license License`,
  ),
  Contact: kind("a contact", "name string, url string, email string"),
  License: kind("a license", "name! string, identifier string, url string"),
  ExternalDocs: kind("external documentation", "url! string, description string"),
  Tag: kind("a tag", "name! string, description string, externalDocs ExternalDocs"),
  Server: kind("a server", "url! string, description string", { variables: "Write their values in the `url`" }),
  Security: map("a security requirement", PART.allowed, "none", PART.otherwise),
  Paths: map(
    "the paths",
    /^\/(((?!\.{1,2}(\/|$))[\w.~:@-]+|\{\w[\w.-]*\})(\/|$))*$/,
    "PathItem",
    "Write a path such as /videos/{id}: each segment is one `{name}`, or consists of letters, digits and `-._~:@`",
  ),
  PathItem: kind("a path item", `${ABOUT}, parameters [Parameter], ${OPERATIONS}`, {
    trace: "Remove it, since `fetch` cannot send TRACE",
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
    `name! string, in! string, ${FIELD}`,
    { content: "Write a `schema`", [STYLES]: `${ONE_STYLE}; lists are written \`name=a&name=b\`` },
    "parameters",
  ),
  RequestBody: kind("a request body", "description string, required boolean, content! Content", {}, "requestBodies"),
  Responses: map(
    "the responses",
    /^([2-5](\d\d|XX)|default)$/,
    "Response",
    "Write a status from 200 to 599, a range such as `4XX`, or `default`",
  ),
  Response: kind(
    "a response",
    "description! string, headers Headers, content Content",
    { links: DESCRIBE },
    "responses",
  ),
  Content: {
    ...kind("a body", "application/json! MediaType"),
    otherwise: "Describe JSON as `application/json`, or omit the operation",
  },
  MediaType: kind("a media type", "schema! Schema, example data, examples Examples", {
    encoding: "Remove it, since bodies are JSON",
  }),
  Headers: map("the headers of a response", /^[\w!#$%&'*+.^`|~-]+$/, "Header", "Write a header name"),
  Header: kind("a header", FIELD, { content: "Write a `schema`", [STYLES]: ONE_STYLE }, "headers"),
  Examples: map("examples", /^[A-Za-z][\w-]*$/, "Example", nameOf("_-")),
  Example: kind("an example", `${ABOUT}, value! data`, {
    externalValue: "Write the `value` here, since no other file is read",
    $ref: "Write the example here",
  }),
  Webhooks: map("the webhooks", /^[A-Za-z]\w*$/, "Webhook", nameOf("_")),
  Webhook: kind("a webhook", `${ABOUT}, post! Event`, { $ref: "Write the webhook here" }),
  Event: kind("a webhook's operation", `${CALL}, requestBody! RequestBody, responses! Responses`),
  Components: kind(
    "the components",
    "schemas Schemas, parameters Parameters, requestBodies RequestBodies, responses SharedResponses, headers SharedHeaders, securitySchemes SecuritySchemes",
    {
      examples: "Write each example where it is used",
      pathItems: "Write each path item under `paths`",
      callbacks: "Describe what the API posts under `webhooks`",
      links: DESCRIBE,
    },
  ),
  Schemas: map("components/schemas", /^[A-Z]\w*$/, "Schema", nameOf("_", "capital letter")),
  Parameters: part("parameters", "Parameter"),
  RequestBodies: part("requestBodies", "RequestBody"),
  SharedResponses: part("responses", "Response"),
  SharedHeaders: part("headers", "Header"),
  SecuritySchemes: part("securitySchemes", "SecurityScheme"),
  SecurityScheme: kind("a security scheme", "type! =apiKey, in! =header, name! string, description string", {
    scheme: "Describe a key in a header, with `type: apiKey` and `in: header`",
  }),
  Reference: schema("a reference", "$ref! string"),
  Union: schema("a union", "anyOf [Choice], oneOf [Choice]"),
  Null: kind("null in a union", "type! =null"),
  Object: schema("an object schema", OBJECT),
  Properties: map("the properties", MEMBER, "Schema", PROPERTY),
  Exclusion: kind("`not` in the last variant of a union", "type =object, required! [string], properties! Excluded"),
  Excluded: map("the properties of `not`", MEMBER, "Discriminator", PROPERTY),
  Discriminator: kind("a discriminating member", "const data, enum [data]"),
  Array: schema("an array schema", "type! types, items! Schema, minItems count, maxItems count"),
  String: schema("a string schema", STRING),
  Number: schema("a number schema", NUMBER),
  Boolean: schema("a boolean schema", VALUE),
  Untyped: schema("a schema", `${OBJECT}, items Schema, ${STRING}, ${NUMBER}`),
};

function kind(is: string, members: string, instead: Record<string, string> = {}, sharedIn?: string): Kind {
  const names = membersOf(members);
  const otherwise = `Remove it. Supported: ${Object.keys(names).join(", ").replaceAll("!", "")}`;
  return { is, members: names, otherwise, instead: adviceOf(instead), ...(sharedIn !== undefined && { sharedIn }) };
}

function map(is: string, allowed: RegExp, form: Form, otherwise: string): Kind {
  return { is, members: {}, names: { allowed, value: form }, otherwise, instead: {} };
}

/** `name form, name! [form]` as members. */
function membersOf(text: string): Record<string, Form> {
  return Object.fromEntries(text.split(", ").map((member) => member.split(" ")));
}

/** Assigns one advice to several names, which are separated by spaces. */
function adviceOf(advice: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(advice).flatMap(([names, text]) => names.split(" ").map((name) => [name, text])),
  );
}

/** As the first word of a sentence. */
export const capitalized = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
