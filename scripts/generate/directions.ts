// `readOnly` and `writeOnly`: gives requests and responses separate types where they differ.
import { formatPointer } from "../contract/document.js";
import { walk } from "../contract/walk.js";
import { namedSchemas, resolved } from "./adapt.js";

type Mark = "readOnly" | "writeOnly";

/**
 * Takes read-only members out of what is sent and write-only ones out of what is answered. A schema that is used for both and
 * has such members becomes two: its own name stays that of the answer.
 *
 * @returns the schemas that became two, each with the name of the one that is sent
 */
export function splitDirections(document: object): Map<string, string> {
  const schemas = namedSchemas(document);
  const reach = (roots: Iterable<string>) => {
    const reached = new Set(roots);
    for (const name of reached) for (const next of references(schemas[name])) reached.add(next); // grows as it is read
    return reached;
  };
  const bodies = requestBodies(document);
  const sent = reach(bodies.flatMap(references));
  const answered = reach(answersOf(document).flatMap(references));
  const marked = (name: string) => [...reach([name])].some((next) => hasMark(document, schemas[next]));

  const inputs = new Map<string, string>();
  const sentSchemas: object[] = [...bodies];
  for (const name of Object.keys(schemas).filter((name) => sent.has(name) && marked(name))) {
    let input = name;
    if (answered.has(name)) {
      input = `${name}Input`;
      while (input in schemas) input += "_";
      inputs.set(name, input);
      schemas[input] = JSON.parse(JSON.stringify(schemas[name]));
    }
    sentSchemas.push(Object(schemas[input]));
  }
  const isSent = new Set<object>();
  for (const schema of sentSchemas) walk(schema, (node) => isSent.add(node));
  for (const node of isSent) renameReferences(node, inputs);
  // A mark can be behind a reference, so all are found before the first one is removed.
  const drops: (() => void)[] = [];
  walk(document, (node) => drops.push(...dropsOf(document, node, isSent.has(node) ? "readOnly" : "writeOnly")));
  for (const drop of drops) drop();
  // A part with no members left must not open the type to any object.
  walk(document, (node) => {
    for (const part of [Object(node).allOf ?? []].flat()) {
      if (part.properties && Object.keys(part.properties).length === 0) Reflect.deleteProperty(part, "type");
    }
  });
  return inputs;
}

/** Bodies that a client sends. Those of webhooks and callbacks come from the API. */
function requestBodies(document: object): object[] {
  const { paths = {}, components = {} } = Object(document);
  const items: object[] = Object.values({ ...paths, ...components.pathItems });
  const operations = items.flatMap((item): unknown[] => Object.values(item));
  const bodies = operations.map((operation) => Object(operation).requestBody);
  return [...bodies, ...Object.values(Object(components.requestBodies))].filter(
    (body) => typeof body === "object" && body !== null,
  );
}

function answersOf(document: object): object[] {
  const { webhooks = {}, components = {} } = Object(document);
  const answers: object[] = [webhooks, Object(components.responses)];
  walk(document, (node) => {
    const responses: unknown = Reflect.get(node, "responses");
    if (typeof responses === "object" && responses !== null) answers.push(responses);
  });
  return answers;
}

const NAMED = /^#\/components\/schemas\/([^/]+)$/;

/** The names of the schemas that something refers to. */
function references(value: unknown): string[] {
  const found: string[] = [];
  walk(value, (node) => {
    const { $ref, discriminator } = Object(node);
    for (const pointer of [$ref, ...Object.values(Object(discriminator?.mapping))]) {
      const [, name] = NAMED.exec(String(pointer)) ?? [];
      if (name) found.push(decodeURIComponent(name));
    }
  });
  return found;
}

function renameReferences(node: object, names: Map<string, string>): void {
  const renamed = (pointer: unknown) => {
    const [, name = ""] = NAMED.exec(String(pointer)) ?? [];
    const other = names.get(decodeURIComponent(name));
    return other === undefined ? pointer : formatPointer(["components", "schemas", other]);
  };
  const { $ref, discriminator } = Object(node);
  if ($ref !== undefined) Reflect.set(node, "$ref", renamed($ref));
  const mapping: object = Object(discriminator?.mapping);
  for (const [value, pointer] of Object.entries(mapping)) Reflect.set(mapping, value, renamed(pointer));
}

function hasMark(document: object, schema: unknown): boolean {
  let found = false;
  walk(schema, (node) => {
    found ||= (["readOnly", "writeOnly"] as const).some((mark) => dropsOf(document, node, mark).length > 0);
  });
  return found;
}

/** Functions that each remove one marked member from a schema. */
function dropsOf(document: object, node: object, mark: Mark): (() => void)[] {
  const properties: object = Object(Reflect.get(node, "properties"));
  return Object.entries(properties).flatMap(([name, schema]) => {
    const isMarked = [schema, resolved(document, schema)].some((place) => Object(place)[mark] === true);
    return isMarked ? [() => Reflect.deleteProperty(properties, name)] : [];
  });
}
