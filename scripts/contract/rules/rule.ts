// What all rules share. Redocly does not export its types for rules, so they are inferred from its functions.
import type { createConfig } from "@redocly/openapi-core";
import { METHODS } from "../document.js";

type Config = Exclude<Parameters<typeof createConfig>[0], string | undefined>;
type Plugin = Exclude<NonNullable<Config["plugins"]>[number], string>;
export type Rules = NonNullable<Plugin["rules"]>;
export type Rule = NonNullable<Rules["oas3"]>[string];
/** Redocly's own description of what OpenAPI is made of. */
export type Types = Parameters<NonNullable<NonNullable<Plugin["typeExtension"]>["oas3"]>>[0];

type Visitor = Exclude<ReturnType<Rule>, unknown[]>;
type Visit<Name extends keyof Visitor> = Parameters<Extract<Visitor[Name], (...args: never) => void>>;
export type Root = Visit<"Root">[0];
export type PathItem = Visit<"PathItem">[0];
export type Parameter = Visit<"Parameter">[0];
export type Context = Visit<"Root">[1];
export type Location = Context["location"];

/** A problem of the bundled description, and where it is. */
export interface Problem {
  pointer: string;
  message: string;
}

/** Reports what the client does not support, and where. */
export type Refuse = (at: Location, message: string) => void;

export const refuseWith =
  ({ report }: Pick<Context, "report">): Refuse =>
  (location, message) =>
    report({ message, location });

/** A part of the description, and where it is written. */
export interface Found<T> {
  value: T;
  at: Location;
}

/** Follows a `$ref`, if there is one; undefined if it leads nowhere, which another rule reports. */
export function follow<T extends object>(value: T | { $ref: string }, at: Location, { resolve }: Context) {
  if (!("$ref" in value)) return { value, at };
  // Redocly resolves from the file that it is in, which is not always the one that this place is in.
  const { node, location } = resolve<T>(value, at.source.absoluteRef);
  return node && location ? { value: node, at: location } : undefined;
}

/** A path of the API, with where it is described. */
export interface Path {
  path: string;
  item: PathItem;
  at: Location;
}

/** The paths of the API, with every `$ref` followed. Webhooks and callbacks do not count. */
export function pathsOf(root: Root, context: Context): Path[] {
  return Object.entries(root.paths ?? {}).flatMap(([path, reference]) => {
    const found = follow<PathItem>(reference, context.location.child(["paths", path]), context);
    return found ? { path, item: found.value, at: found.at } : [];
  });
}

/** The operations of a path, with where each is described. */
export const operationsOf = ({ item, at }: Path) =>
  METHODS.flatMap((method) => {
    const operation = item[method];
    return operation && !("$ref" in operation) ? { method, operation, at: at.child(method) } : [];
  });
