// Contracts within the language, and nothing outside it.
import fc from "fast-check";
import { stringify } from "yaml";
import { FORMATS, fitting, holdsSecret } from "./values.js";

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
  examples: Record<string, unknown>;
}
/** What a test has to know of an operation, with every reference followed but those to schemas. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  isKeyless: boolean;
  parameters: Parameter[];
  body: (Media & { required: boolean }) | undefined;
  responses: [status: string, Media | undefined][];
}
export interface Contract {
  server: string;
  schemas: Schemas;
  operations: Operation[];
  event: Schema;
  text: string;
  [fc.toStringMethod]: () => string;
}

/** Texts that would be code if they got out of a comment, a string or a template. */
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

/** Text, numbers and flags: what a parameter can be. */
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
/** What has a value that a path or a header can hold. */
const short = plain.filter((schema) => schema.maxLength !== 0 && !JSON.stringify(schema).includes("é"));
const secret: Schema = { type: "string", format: "password" };

const orNull = ({ type, enum: values, const: only, ...rest }: Schema): Schema => ({
  ...{ ...rest, type: [type ?? [], "null"].flat() },
  ...(values ? { enum: [...values, null] } : {}),
});

/** The schemas of a contract. What one of them demands comes after it, so that there are values that end. */
const NAMES = ["Alpha", "FooBar", "Union", "Case0", "Case1", "Other", "Token", "Beta_2"];
const after = (name: string) => NAMES.slice(NAMES.indexOf(name) + 1);
const refer = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const reference = (names: string[]) => fc.constantFrom(...names).map(refer);

/** Any schema. What is open may have no value, so that it may refer to schemas before it. */
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

const PROPERTIES = ["id", "kind", "secret", "then", "a-b", "a/b~c", 'q"', "é", "items", "$x", "a b%20", "2"];

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

/** An object with a member that tells it apart from others. */
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

const content = fc.record({
  schema: schema(NAMES),
  names: fc.constantFrom(["example"], ["one"], ["two-words", "constructor"]),
});

const own = fc.oneof(short, reference(["Token", "Beta_2"]));
const parameter = (place: Parameter["in"], name: string): fc.Arbitrary<Parameter> =>
  fc.record({
    ...{
      name: fc.constant(name),
      in: fc.constant(place),
      required: place === "path" ? fc.constant(true) : fc.boolean(),
    },
    schema:
      place === "query"
        ? fc.oneof(
            own,
            plain,
            plain.map((items) => ({ type: "array", items })),
          )
        : own,
  });
const parameters = fc.record(
  {
    ...{ q: parameter("query", "q"), size: parameter("query", "page_size"), sort: parameter("query", "sort.by~-") },
    ...{ count: parameter("header", "X-Count"), id: parameter("header", "idempotency-key") },
  },
  { requiredKeys: [] },
);

const STATUSES = ["200", "201", "2XX", "204", "400", "404", "4XX", "503", "5XX", "default"];
const response = fc.record({ description: word, content: fc.option(content), isShared: fc.boolean() });

const operation = fc.record({
  notes: fc.record({ summary: word, description: word, deprecated: fc.boolean() }, { requiredKeys: [] }),
  ...{ parameters, isShared: fc.boolean(), isKeyless: fc.boolean() },
  body: fc.option(fc.record({ content, required: fc.boolean() })),
  success: fc.tuple(fc.constantFrom("200", "201", "2XX", "204"), response),
  others: fc.uniqueArray(fc.tuple(fc.constantFrom(...STATUSES), response), {
    selector: ([status]) => status,
    maxLength: 3,
  }),
});

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];
const route = (...names: string[]) =>
  fc.record({
    own: fc.tuple(...names.map((name) => parameter("path", name))),
    isOfPath: fc.boolean(),
    operations: fc.dictionary(fc.constantFrom(...METHODS), operation, { minKeys: 1, maxKeys: 3 }),
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
type ValueOf<A> = A extends fc.Arbitrary<infer T> ? T : never;

export const contracts: fc.Arbitrary<Contract> = parts.map(({ seed, server, schemas, routes, event }) => {
  const components: Record<string, Record<string, object>> = {
    schemas,
    parameters: {},
    responses: {},
    requestBodies: {},
  };
  const operations: Operation[] = [];

  const shared = (section: string, isShared: boolean, value: object) => {
    const all = components[section] ?? {};
    const name = `a.${Object.keys(all).length}`;
    if (isShared) all[name] = value;
    return isShared ? { $ref: `#/components/${section}/${name}` } : value;
  };

  /** A secret needs a name by which it can be hidden. */
  const named = (schema: Schema) =>
    holdsSecret(schema, schemas) ? { type: "object", properties: { held: schema } } : schema;

  const mediaOf = ({ schema, names }: ValueOf<typeof content>): Media => {
    const values = fc.sample(fitting(named(schema), schemas), {
      seed: seed + operations.length,
      numRuns: names.length,
    });
    return { schema: named(schema), examples: Object.fromEntries(names.map((name, index) => [name, values[index]])) };
  };

  const operationOf = (path: string, method: string, own: Parameter[], parts: ValueOf<typeof operation>) => {
    const sent = parts.body && !["get", "head"].includes(method) ? parts.body : undefined;
    const body = sent && { ...mediaOf(sent.content), required: sent.required };
    const all = Object.fromEntries([...parts.others, parts.success]); // statuses first, in order
    const responses = Object.entries(all).map(([status, { description, content, isShared }]) => {
      const media = content && status !== "204" && method !== "head" ? mediaOf(content) : undefined;
      return { status, media, written: shared("responses", isShared, { description, ...contentOf(media) }) };
    });
    const given = Object.values(parts.parameters);
    const id = `${["list", "Get_", "$"][operations.length % 3]}${operations.length}`;
    operations.push({
      ...{ id, method, path, isKeyless: parts.isKeyless, parameters: [...own, ...given], body },
      responses: responses.map(({ status, media }) => [status, media]),
    });
    return {
      ...{ operationId: id, ...parts.notes, ...(parts.isKeyless ? { security: [] } : {}) },
      parameters: given.map((parameter) => shared("parameters", parts.isShared, parameter)),
      ...(body
        ? { requestBody: shared("requestBodies", parts.isShared, { required: body.required, ...contentOf(body) }) }
        : {}),
      responses: Object.fromEntries(responses.map(({ status, written }) => [status, written])),
    };
  };

  const paths = Object.entries(routes).map(([path, { own, isOfPath, operations }]) => {
    const all = Object.entries(operations).map(([method, parts]) => {
      const { parameters, ...rest } = operationOf(path, method, own, parts);
      return [method, { ...rest, parameters: isOfPath ? parameters : [...own, ...parameters] }];
    });
    return [path, { ...(isOfPath ? { parameters: own } : {}), ...Object.fromEntries(all) }];
  });

  const post = {
    ...{ operationId: "receive", security: [], responses: { "200": { description: "Received." } } },
    requestBody: { content: { "application/json": { schema: named(event) } } },
  };
  const text = stringify(
    {
      ...{
        openapi: "3.1.0",
        info: { title: "*/ }", version: "1.0.0" },
        servers: [{ url: server }],
        security: [{ key: [] }],
      },
      ...{ paths: Object.fromEntries(paths), webhooks: { thingEvent: { post } } },
      components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Things-Key" } }, ...components },
    },
    { aliasDuplicateObjects: false, lineWidth: 0 },
  );
  return { server, schemas, operations, event: named(event), text, [fc.toStringMethod]: () => `\n${text}` };
});

const contentOf = (media: Media | undefined) => {
  if (!media) return {};
  const { schema, examples } = media;
  const several = Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
  const written = "example" in examples ? { example: examples.example } : { examples: several };
  return { content: { "application/json": { schema, ...written } } };
};
