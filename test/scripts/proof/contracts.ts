// Contracts within the language, and nothing outside it.
import fc from "fast-check";
import { stringify } from "yaml";
import { FORMATS, fitting } from "./values.js";

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
  uniqueItems?: boolean;
  "x-extensible-enum"?: unknown[];
  const?: unknown;
  enum?: unknown[];
  properties?: Schemas;
  required?: string[];
  additionalProperties?: false | Schema;
  not?: Schema;
  items?: Schema;
  anyOf?: Schema[];
  [keyword: string]: unknown;
}
export type Schemas = Record<string, Schema>;

export interface Parameter {
  $ref?: string;
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  schema: Schema;
}
export interface Media {
  type: string;
  schema: Schema;
  examples: Record<string, unknown>;
}
/** What a test has to know of an operation, with every reference followed but those to schemas. */
export interface Operation {
  name: string;
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
  document: object;
  text: string;
  [fc.toStringMethod]: () => string;
}

/** Texts that would be code if they got out of a comment, a string or a template. */
const word = fc.constantFrom(
  "A text.",
  "*/ }; throw 1; /*",
  "`${process.exit(1)}`",
  '"\\"\n\n@deprecated {{ x }}',
  "é\u2028𝒳",
);
const notes = fc.record(
  { title: word, description: word, deprecated: fc.boolean(), "x-note": word },
  { requiredKeys: [] },
);

const VALUES = ["one", "two three", 'q"uote', "é"];
const some = fc.subarray(VALUES, { minLength: 1 });
const bounds = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat(4)).map(([from, more]) => [from, from + more] as const);

const text: fc.Arbitrary<Schema> = fc
  .oneof(
    fc.constantFrom({}, { format: "password" }, { pattern: "^[a-z]{2,4}$" }, { pattern: "^\\d{3}-[A-F]+$" }),
    fc.constantFrom(...Object.keys(FORMATS)).map((format) => ({ format })),
    bounds.map(([minLength, maxLength]) => ({ minLength, maxLength })),
    some.map((values) => ({ enum: values })),
    some.map((values) => ({ "x-extensible-enum": values })),
  )
  .map((schema) => ({ type: "string", ...schema }));

/** Text, numbers and flags; what a parameter can be. */
const plain: fc.Arbitrary<Schema> = fc.oneof(
  { weight: 3, arbitrary: text },
  fc.constantFrom(...["boolean", "integer", "number"].map((type) => ({ type }))),
  fc
    .tuple(fc.constantFrom("integer", "number"), bounds)
    .map(([type, [minimum, maximum]]) => ({ type, minimum, maximum })),
  fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 3 }).map((values) => ({ type: "integer", enum: values })),
);

const orNull = ({ type, enum: values, ...rest }: Schema): Schema => ({
  ...{ ...rest, type: [type ?? [], "null"].flat() },
  ...(values ? { enum: [...values, null] } : {}),
});

/** The schemas of a contract. What one of them demands comes after it, so that each has a value that ends. */
const NAMES = ["Alpha", "foo-bar", "Union", "Case0", "Case1", "Other", "Token", "delta.v2"];
const after = (name: string) => NAMES.slice(NAMES.indexOf(name) + 1);
const refer = (names: string[]) =>
  fc.constantFrom(...names).map((name): Schema => ({ $ref: `#/components/schemas/${name}` }));
const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });

/** Any schema. Where it may refer to schemas before it, a value may end in its place. */
function schema(names: string[], depth = 0): fc.Arbitrary<Schema> {
  const items = depth < 2 ? schema(NAMES, depth + 1) : plain;
  const several = depth < 2 ? schema(names, depth + 1) : plain;
  return fc.oneof(
    fc.tuple(notes, plain).map(([notes, schema]) => ({ ...notes, ...schema })),
    fc.constantFrom(...VALUES).map((value) => ({ type: "string", const: value })),
    plain.map(orNull),
    plain.map(nullable),
    refer(names),
    refer(NAMES).map(nullable),
    fc.tuple(items, fc.boolean()).map(([items, uniqueItems]) => ({ type: ["array", "null"], items, uniqueItems })),
    fc.tuple(several, bounds).map(([items, [minItems, maxItems]]) => ({ type: "array", items, minItems, maxItems })),
    ...(depth < 2 ? [object(names, depth + 1)] : []),
  );
}

const PROPERTIES = [
  "id",
  "kind",
  "secret",
  "constructor",
  "toString",
  "a-b",
  "a/b~c",
  'q"',
  "é",
  "items",
  "$x",
  "a b",
  "2",
];

function object(names: string[], depth = 0): fc.Arbitrary<Schema> {
  const members = (names: string[]) =>
    fc.dictionary(fc.constantFrom(...PROPERTIES), schema(names, depth + 1), { maxKeys: 2 });
  const more = fc.option(fc.oneof(fc.constant<false>(false), schema(NAMES, depth + 1)));
  return fc.tuple(notes, members(NAMES), members(names), more).map(([notes, may, must, more]) => ({
    ...{ type: "object", ...notes, properties: { ...may, ...must }, required: Object.keys(must) },
    ...(more === null ? {} : { additionalProperties: more }),
  }));
}

/** An object that is told apart from others by a member. */
const tagged = (name: string, kind: Schema, more: Schema = {}) =>
  object(after(name)).map(({ properties = {}, required = [], additionalProperties: _, ...rest }) => ({
    ...{ ...rest, properties: { ...properties, kind: { type: "string", ...kind } } },
    ...{ required: [...new Set([...required, "kind"])], ...more },
  }));

const CASE0 = { type: "object", required: ["kind"], properties: { kind: { const: "one" } } };

const schemas: fc.Arbitrary<Schemas> = fc.record({
  Alpha: object(after("Alpha")),
  "foo-bar": object(after("foo-bar")),
  Union: fc
    .constantFrom("Case1", "Other")
    .map((name) => ({ anyOf: ["Case0", name].map((name) => ({ $ref: `#/components/schemas/${name}` })) })),
  Case0: tagged("Case0", { const: "one" }),
  Case1: tagged("Case1", { const: "two" }),
  Other: tagged("Other", {}, { not: CASE0 }),
  Token: plain,
  "delta.v2": plain,
});

const content = fc.record({
  type: fc.constantFrom("application/json", "application/vnd.things.v1+json"),
  schema: schema(NAMES),
  names: fc.constantFrom(["example"], ["one"], ["two words", "constructor"]),
});

const own = fc.oneof(plain, refer(["Token", "delta.v2"]));
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
            plain.map(orNull),
            own.map((items) => ({ type: "array", items })),
          )
        : own,
  });
const parameters = {
  ...{ q: parameter("query", "q"), size: parameter("query", "page_size"), sort: parameter("query", "sort.by") },
  ...{ inherited: parameter("query", "constructor"), count: parameter("header", "X-Count") },
};

const STATUSES = ["200", "201", "2XX", "204", "400", "404", "4XX", "503", "5XX", "default"];
const answer = fc.record({ description: word, content: fc.option(content), isShared: fc.boolean() });
/** At least one of them is a success. */
const answers = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...STATUSES), { maxLength: 3 }), fc.constantFrom("200", "201", "2XX", "204"))
  .chain(([others, success]) =>
    fc.tuple(...[...new Set([success, ...others])].map((status) => answer.map((parts) => ({ status, ...parts })))),
  );

const operation = fc.record({
  notes: fc.record({ summary: word, description: word, deprecated: fc.boolean() }, { requiredKeys: [] }),
  isKeyless: fc.boolean(),
  parameters: fc.record(parameters, { requiredKeys: [] }),
  isShared: fc.boolean(),
  body: fc.option(fc.record({ content, required: fc.boolean() })),
  answers,
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
      ...{ "/v1/~é/{a}/{b}.json": route("a", "b"), "/v1/endpoint.list": route() },
    },
    { requiredKeys: ["/things"] },
  ),
  event: schema(NAMES),
});
type ValueOf<A> = A extends fc.Arbitrary<infer T> ? T : never;

export const contracts: fc.Arbitrary<Contract> = parts.map(({ seed, server, schemas, routes, event }) => {
  const components: Record<string, Record<string, object>> = { schemas, parameters: {}, responses: {} };
  const operations: Operation[] = [];

  const shared = (section: string, value: object) => {
    const all = components[section] ?? {};
    const name = `${section}${Object.keys(all).length}`;
    all[name] = value;
    return { $ref: `#/components/${section}/${name}` };
  };

  const mediaOf = ({ type, schema, names }: ValueOf<typeof content>): Media => {
    const values = fc.sample(fitting(schema, schemas), { seed: seed + operations.length, numRuns: names.length });
    return { type, schema, examples: Object.fromEntries(names.map((name, index) => [name, values[index]])) };
  };

  const described = (path: string, method: string, own: Parameter[], parts: ValueOf<typeof operation>) => {
    const [name = "", operationId] = (NAMING[operations.length % 3] ?? []).map((text) => text + operations.length);
    const body =
      parts.body && !["get", "head"].includes(method)
        ? { ...mediaOf(parts.body.content), required: parts.body.required }
        : undefined;
    const responses = parts.answers.map(({ status, description, content, isShared }) => {
      const media = content && status !== "204" && method !== "head" ? mediaOf(content) : undefined;
      const response = { description, ...(media ? { content: contentOf(media) } : {}) };
      return { status, media, written: isShared ? shared("responses", response) : response };
    });
    const given = Object.values(parts.parameters);
    operations.push({
      ...{ name, method, path, isKeyless: parts.isKeyless, parameters: [...own, ...given], body },
      responses: responses.map(({ status, media }) => [status, media]),
    });
    return {
      ...{ operationId, ...parts.notes, ...(parts.isKeyless ? { security: [] } : {}) },
      parameters: parts.isShared ? given.map((parameter) => shared("parameters", parameter)) : given,
      ...(body ? { requestBody: { required: body.required, content: contentOf(body) } } : {}),
      responses: Object.fromEntries(responses.map(({ status, written }) => [status, written])),
    };
  };

  const paths = Object.entries(routes).map(([path, { own, isOfPath, operations }]) => {
    const all = Object.entries(operations).map(([method, parts]) => {
      const { parameters, ...rest } = described(path, method, own, parts);
      return [method, { ...rest, parameters: isOfPath ? parameters : [...own, ...parameters] }];
    });
    return [path, { ...(isOfPath ? { parameters: own } : {}), ...Object.fromEntries(all) }];
  });

  const post = {
    ...{ security: [], responses: { "200": { description: "Received." } } },
    requestBody: { required: true, content: { "application/json": { schema: event } } },
  };
  const document = {
    ...{
      openapi: "3.1.0",
      info: { title: "*/ }", version: "1.0.0" },
      servers: [{ url: server }],
      security: [{ key: [] }],
    },
    ...{ paths: Object.fromEntries(paths), webhooks: { thingEvent: { post } } },
    components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Things-Key" } }, ...components },
  };
  const text = stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
  return { server, schemas, operations, event, document, text, [fc.toStringMethod]: () => `\n${text}` };
});

/** What the client calls an operation, and what the contract does. */
const NAMING = [
  ["listThings", "listThings"],
  ["getThing", "get-thing-"],
  ["thingsSearch_", "Things.Search_"],
];

const contentOf = ({ type, schema, examples }: Media) => {
  const { example, ...named } = examples;
  const several = Object.entries(named).map(([name, value]) => [name, { value }]);
  return { [type]: { schema, ...("example" in examples ? { example } : { examples: Object.fromEntries(several) }) } };
};
