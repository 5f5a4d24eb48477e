// Generates contracts in the supported subset only.
import fc from "fast-check";
import { stringify } from "yaml";
import { containsSecret, FORMATS, validValues } from "./values.js";

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  const?: unknown;
  enum?: unknown[];
  "x-extensible-enum"?: string[];
  properties?: Schemas;
  required?: string[];
  additionalProperties?: false | Schema;
  not?: Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  [note: string]: unknown;
}
export type Schemas = Record<string, Schema>;

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  schema: Schema;
}
export interface Media {
  schema: Schema;
  examples: Record<string, { value: unknown }>;
}
export type Content<M> = { "application/json": M };
/** An operation without references, except those to schemas. */
export interface Operation {
  path: string;
  method: string;
  operationId: string;
  security?: [];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Content<Media> };
  responses: Record<string, { description: string; content?: Content<Media> }>;
}
export interface Contract {
  server: string;
  schemas: Schemas;
  operations: Operation[];
  event: Schema;
  text: string;
  [fc.toStringMethod]: () => string;
}

/** Strings that would be executed if not escaped in a comment, string or template. */
const word = fc.constantFrom(
  "A text.",
  "*/ }; throw 1; /*",
  "`$" + "{process.exit(1)}`",
  '"\\"\n\n@deprecated {{ x }}',
  "é\u2028𝒳",
);
const notes = fc.record(
  { title: word, description: word, deprecated: fc.boolean(), "x-note": word },
  { requiredKeys: [] },
);

const VALUES = ["one", "two three", 'q"uote', "é"];
const some = fc.subarray(VALUES, { minLength: 1 });
const bounds = fc.tuple(fc.nat(3), fc.nat(4)).map(([from, more]) => [from, from + more] as const);

const text: fc.Arbitrary<Schema> = fc
  .oneof(
    fc.constantFrom({}, { pattern: "^[a-z]{2,4}$" }, { pattern: "^\\d{3}-[A-F]+$" }),
    fc.constantFrom(...Object.keys(FORMATS).filter((format) => format !== "password")).map((format) => ({ format })),
    bounds.map(([minLength, maxLength]) => ({ minLength, maxLength })),
    some.map((values) => ({ enum: values, default: values[0] })),
    some.map((values) => ({ "x-extensible-enum": values, examples: values })),
    fc.constantFrom(...VALUES).map((value) => ({ const: value })),
  )
  .map((schema) => ({ type: "string", ...schema }));

/** Strings, numbers and booleans: the types of parameters. */
const plain: fc.Arbitrary<Schema> = fc.oneof(
  { weight: 3, arbitrary: text },
  fc.constantFrom<Schema>(
    { type: "boolean" },
    { type: "integer" },
    { type: "number" },
    { type: "boolean", const: true },
  ),
  fc
    .tuple(fc.constantFrom("integer", "number"), bounds)
    .map(([type, [minimum, maximum]]) => ({ type, minimum, maximum })),
  fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 3 }).map((values) => ({ type: "integer", enum: values })),
);
/** Schemas with values that a query can contain, and those for a path or a header. */
const filled = plain.filter((schema) => schema.maxLength !== 0);
const short = filled.filter((schema) => !JSON.stringify(schema).includes("é"));
const secret: Schema = { type: "string", format: "password" };

const orNull = ({ type, enum: values, const: only, ...rest }: Schema): Schema => ({
  ...{ ...rest, type: [type ?? [], "null"].flat() },
  ...(values ? { enum: [...values, null] } : {}),
});

/** The schemas of a contract. Each only requires later ones, so that finite values exist. */
const NAMES = ["Alpha", "FooBar", "Union", "Case0", "Case1", "Other", "Token", "Beta_2"];
const after = (name: string) => NAMES.slice(NAMES.indexOf(name) + 1);
const refer = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const reference = (names: string[]) => fc.constantFrom(...names).map(refer);

/** Any schema. Where null or an empty value is allowed, it may refer to earlier schemas. */
function schema(names: string[], depth = 0): fc.Arbitrary<Schema> {
  const inner = (names: string[]) => (depth < 2 ? schema(names, depth + 1) : plain);
  return fc.oneof(
    fc
      .tuple(notes, fc.oneof(plain, fc.constant(secret), reference(names)))
      .map(([notes, schema]) => ({ ...notes, ...schema })),
    fc.oneof(plain, fc.constant(secret)).map(orNull),
    fc.constant<Schema>({ type: ["string", "integer"] }),
    reference(NAMES).map((schema) => ({ anyOf: [schema, { type: "null" }] })),
    inner(NAMES).map((items) => ({ type: ["array", "null"], items })),
    fc
      .tuple(inner(names), bounds)
      .map(([items, [minItems, maxItems]]) => ({ type: "array", items, minItems, maxItems })),
    ...(depth < 2 ? [object(names, depth + 1)] : []),
  );
}

const PROPERTIES = [
  "id",
  "kind",
  "secret",
  "then",
  "a-b",
  "a/b~c",
  'q"',
  "é",
  "items",
  "$x",
  "title",
  "x-note",
  "enum",
];

function object(names: string[], depth = 0): fc.Arbitrary<Schema> {
  const members = (names: string[]) =>
    fc.dictionary(fc.constantFrom(...PROPERTIES), schema(names, depth + 1), { maxKeys: 2 });
  const more = fc.constantFrom({}, { additionalProperties: false as const });
  const named = fc.tuple(notes, members(NAMES), members(names), more).map(([notes, may, must, more]): Schema => {
    return { type: "object", ...notes, properties: { ...may, ...must }, required: Object.keys(must), ...more };
  });
  const map = schema(NAMES, depth + 1).map((additionalProperties) => ({ type: "object", additionalProperties }));
  return fc.oneof({ weight: 3, arbitrary: named }, map);
}

/** An object with a discriminating member. */
const tagged = (name: string, kind: Schema) =>
  object(after(name)).map(({ properties = {}, required = [], additionalProperties: _, ...rest }) => {
    const names = [...new Set([...required, "kind"])];
    return { ...rest, properties: { ...properties, kind: { type: "string", ...kind } }, required: names };
  });

const schemas = fc
  .record({
    ...{ Alpha: object(after("Alpha")), FooBar: object(after("FooBar")) },
    Union: fc.tuple(
      fc.constantFrom("anyOf", "oneOf"),
      fc.constantFrom<string[]>(["Case0", "Case1"], ["Case0", "Other"], ["Case0", "Case1", "Other"]),
    ),
    ...{
      Case0: tagged("Case0", { const: "one" }),
      Case1: tagged("Case1", { const: "two" }),
      Other: tagged("Other", {}),
    },
    ...{ Token: short, Beta_2: short },
  })
  .map(({ Union: [word, names], Other, ...rest }): Schemas => {
    const kind = names.includes("Case1") ? { enum: ["one", "two"] } : { const: "one" };
    const not = names.includes("Other") ? { not: { required: ["kind"], properties: { kind } } } : {};
    return { ...rest, Union: { [word]: names.map(refer) }, Other: { ...Other, ...not } };
  });

/** The body of an error response: its code may be anything, or missing. */
const failure = fc.tuple(plain, fc.boolean(), fc.subarray(["error"])).map(([code, isFlat, required]): Schema => {
  const flat = { type: "object", properties: { code } };
  return isFlat ? flat : { type: ["object", "null"], properties: { error: flat }, required };
});
const contentOf = (schema: fc.Arbitrary<Schema>) => schema.map((schema) => ({ "application/json": { schema } }));
const response = (schema: fc.Arbitrary<Schema>) =>
  fc.record({ description: word, content: contentOf(schema) }, { requiredKeys: ["description"] });
const [ok, error] = [response(schema(NAMES)), response(fc.oneof(schema(NAMES), failure))];

const own = fc.oneof(short, reference(["Token", "Beta_2"]));
const parameter = (place: Parameter["in"], name: string): fc.Arbitrary<Parameter> => {
  const values =
    place === "query"
      ? fc.oneof(
          own,
          filled,
          filled.map((items) => ({ type: "array", items })),
        )
      : own;
  const required = place === "path" ? fc.constant(true) : fc.boolean();
  return fc.record({ name: fc.constant(name), in: fc.constant(place), required, schema: values });
};
const parameters = fc.tuple(
  ...["q", "page_size", "sort.by~-"].map((name) => fc.option(parameter("query", name))),
  ...["X-Count", "idempotency-key"].map((name) => fc.option(parameter("header", name))),
);

const operation = fc.record(
  {
    ...{ summary: word, description: word, deprecated: fc.boolean(), security: fc.constant<[]>([]) },
    parameters: parameters.map((all) => all.filter((each) => each !== null)),
    requestBody: fc.record({ required: fc.boolean(), content: contentOf(schema(NAMES)) }),
    responses: fc.tuple(
      fc.constantFrom("200", "201", "2XX", "204").chain((status) => ok.map((response) => ({ [status]: response }))),
      fc.record(
        { "202": ok, "400": error, "4XX": error, "503": error, "5XX": error, default: error },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ["parameters", "responses"] },
);

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];
const route = (...names: string[]) =>
  fc.record({
    own: fc.tuple(...names.map((name) => parameter("path", name))),
    isOfPath: fc.boolean(),
    methods: fc.dictionary(fc.constantFrom(...METHODS), operation, { minKeys: 1, maxKeys: 3 }),
  });

const parts = fc.record({
  seed: fc.noShrink(fc.nat()),
  server: fc.constantFrom("https://api.example", "https://api.example/v2/x", "http://127.0.0.1:8080"),
  schemas,
  routes: fc.record(
    {
      ...{ "/things": route(), "/things/{id}": route("id"), "/things/all": route() },
      ...{ "/{a}/~b:c@d/{b-2}/": route("a", "b-2"), "/v1/endpoint.list": route() },
    },
    { requiredKeys: ["/things"] },
  ),
  event: schema(NAMES),
});

export const contracts: fc.Arbitrary<Contract> = parts.map(({ seed, server, schemas, routes, event }) => {
  /** A secret needs a name, by which it is redacted. */
  const named = (schema: Schema) =>
    containsSecret(schema, schemas) ? { type: "object", properties: { held: schema } } : schema;
  const withExamples = (content: Content<{ schema: Schema }>, number: number): Content<Media> => {
    const schema = named(content["application/json"].schema);
    const names = [["example"], ["one"], ["two-words", "constructor"]][number % 3] ?? [];
    const values = fc.sample(validValues(schema, schemas), { seed: seed + number, numRuns: names.length });
    const examples = Object.fromEntries(names.map((name, index) => [name, { value: values[index] }]));
    return { "application/json": { schema, examples } };
  };

  const all = Object.entries(routes).flatMap(([path, { methods, ...route }]) =>
    Object.entries(methods).map(([method, parts]) => ({ path, method, parts, ...route })),
  );
  const operations = all.map(
    ({ path, method, own, parts: { requestBody, responses, ...parts } }, number): Operation => {
      const [first, others] = responses;
      const declared = Object.entries({ ...others, ...first }).map(([status, { description, content }], index) => {
        const hasBody = content && status !== "204" && method !== "head";
        return [
          status,
          { description, ...(hasBody ? { content: withExamples(content, number + index) } : {}) },
        ] as const;
      });
      const isSent = requestBody && method !== "get" && method !== "head";
      return {
        ...{ path, method, operationId: `${["list", "Get_", "$"][number % 3]}${number}`, ...parts },
        ...(isSent ? { requestBody: { ...requestBody, content: withExamples(requestBody.content, number) } } : {}),
        ...{ parameters: [...own, ...parts.parameters], responses: Object.fromEntries(declared) },
      };
    },
  );

  const paths: Record<string, Record<string, unknown>> = {};
  for (const [index, { path, method, ...operation }] of operations.entries()) {
    const { own, isOfPath } = all[index] ?? { own: [] };
    const parameters = operation.parameters.slice(isOfPath ? own.length : 0);
    paths[path] = { ...paths[path], ...(isOfPath ? { parameters: own } : {}), [method]: { ...operation, parameters } };
  }
  const post = {
    ...{ operationId: "receive", security: [], responses: { "200": { description: "Received." } } },
    requestBody: { content: { "application/json": { schema: named(event) } } },
  };
  const { written, components } = withReferences({ paths, webhooks: { thingEvent: { post } } }, seed);
  const key = { type: "apiKey", in: "header", name: "X-Things-Key" };
  const head = {
    openapi: "3.1.0",
    info: { title: "*/ }", version: "1.0.0" },
    servers: [{ url: server }],
    security: [{ key: [] }],
  };
  const document = { ...head, ...written, components: { securitySchemes: { key }, schemas, ...components } };
  const text = stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
  return { server, schemas, operations, event: named(event), text, [fc.toStringMethod]: () => `\n${text}` };
});

/** The same with half of the parameters, bodies and responses in the components, and with `example` for a single example. */
function withReferences(document: object, seed: number): { written: object; components: Record<string, Schemas> } {
  const components: Record<string, Schemas> = { parameters: {}, requestBodies: {}, responses: {} };
  const written = JSON.parse(JSON.stringify(document), (key, value) => {
    const { in: place, description, examples } = Object(value);
    if (examples?.example) return { schema: value.schema, example: examples.example.value };
    const isResponse = /^(\d\d\d|\dXX|default)$/.test(key) && description !== undefined;
    const section = key === "requestBody" ? "requestBodies" : place ? "parameters" : isResponse ? "responses" : "";
    const all = components[section];
    const name = `a.${Object.keys(all ?? {}).length}`;
    if (!all || (seed + key.length + JSON.stringify(value).length) % 2) return value;
    all[name] = value;
    return { $ref: `#/components/${section}/${name}` };
  });
  return { written, components };
}
