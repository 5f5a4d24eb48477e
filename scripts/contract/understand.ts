// Goes through a contract along the table of the language, and refuses what is not in it.
import { type Form, type Kind, LANGUAGE, VALUES } from "./language.js";
import type { Problem } from "./problem.js";

type Members = Readonly<Record<string, unknown>>;

/** An object of the contract, and the names on the way to it. */
export interface Node {
  pointer: string[];
  value: Members;
}

/** What is not in the language, and else the objects of a contract by the names of their kinds, all schemas under `Schema`. */
export class Reading {
  readonly problems: Problem[] = [];
  private readonly kinds = new Map<string, Node[]>();

  constructor(readonly document: object) {
    this.read("Document", document, []);
  }

  nodes(kind: string): Node[] {
    return this.kinds.get(kind) ?? [];
  }

  private refuse(pointer: string[], message: string): void {
    this.problems.push({ pointer, message });
  }

  private read(form: Form, value: unknown, pointer: string[]): void {
    const here = pointer.length === 0 ? "The document" : `\`${pointer.at(-1)}\``;
    const simple = VALUES[form];
    if (form.startsWith("[")) {
      if (Array.isArray(value))
        for (const [index, item] of value.entries()) this.read(form.slice(1, -1), item, [...pointer, `${index}`]);
      else this.refuse(pointer, `${here} is not a list. Write a list.`);
    } else if (simple) {
      if (simple.fits(value)) this.readData(value, pointer);
      else this.refuse(pointer, `${here} is not ${simple.is}. Write ${simple.is}.`);
    } else if (form.startsWith("=")) {
      if (value !== form.slice(1)) this.refuse(pointer, `${here} has one value only. Write \`${form.slice(1)}\`.`);
    } else if (isObject(value)) {
      this.readObject(form, value, pointer);
    } else if (form !== "Rest" || value !== false) {
      this.refuse(pointer, `${here} is not an object. Write ${LANGUAGE[form]?.is ?? "a schema with a `type`"}.`);
    }
  }

  private readObject(form: string, value: Members, pointer: string[]): void {
    const isSchema = SCHEMAS.includes(form);
    const kind = isSchema ? schemaKind(form, value) : LANGUAGE[form];
    const part = isSchema ? "schemas" : kind?.kept;
    const isReference = "$ref" in value && part !== undefined;
    const problem = isReference ? this.referenceProblem(value, part, pointer) : undefined;
    if (!kind) this.refuse([...pointer, "type"], TYPES);
    else if (problem !== undefined) this.refuse([...pointer, "$ref"], problem);
    else if (isSchema || !isReference) this.readMembers(kind, isSchema ? "Schema" : form, value, pointer);
  }

  private readMembers(kind: Kind, name: string, value: Members, pointer: string[]): void {
    const nodes = this.kinds.get(name) ?? [];
    this.kinds.set(name, nodes);
    nodes.push({ pointer, value });
    for (const [member, inner] of Object.entries(value)) this.readMember(kind, member, inner, [...pointer, member]);
    for (const member of Object.keys(kind.members)) {
      const required = member.slice(0, -1);
      if (!member.endsWith("!") || required in value) continue;
      this.refuse(pointer, `\`${required}\` is missing in ${kind.is}. Write it.`);
    }
  }

  private readMember(
    { is, members, names, otherwise, instead }: Kind,
    name: string,
    value: unknown,
    pointer: string[],
  ) {
    const written = [name, `${name}!`].find((member) => Object.hasOwn(members, member));
    const form = written === undefined ? (names?.allowed.test(name) ? names.hold : undefined) : members[written];
    const advice = Object.hasOwn(instead, name) ? instead[name] : undefined;
    const isNote = name.startsWith("x-") && !names && advice === undefined;
    if (form !== undefined) this.read(form, value, pointer);
    else if (isNote) this.readData(value, pointer);
    else this.refuse(pointer, `\`${name}\` is not understood in ${is}. ${advice ?? otherwise}.`);
  }

  /** In data, no reference is followed, neither by us nor by the tools that read the contract after us. */
  private readData(value: unknown, pointer: string[]): void {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === "$ref") this.refuse([...pointer, name], "`$ref` is not followed in data. Write the value here.");
      this.readData(inner, [...pointer, name]);
    }
  }

  private referenceProblem(value: Members, part: string, pointer: string[]): string | undefined {
    const { $ref, ...beside } = value;
    const [, name = ""] = new RegExp(`^#/components/${part}/([\\w.-]+)$`).exec(String($ref)) ?? [];
    const target: unknown = Object(Object(Object(this.document).components)[part])[name];
    if (name === "") return `Only this file's components can be referred to. Write "#/components/${part}/NAME".`;
    if (!isObject(target)) return `components/${part} has no \`${name}\`. Add it, or correct the name.`;
    if ("$ref" in target) return `\`${name}\` is a reference itself. Refer to what it refers to: "${target.$ref}".`;
    if (pointer[0] === "components" && pointer.length === 3) return "A component is not a reference. Write it out.";
    const [other] = part === "schemas" ? [] : Object.keys(beside);
    return other && `\`${other}\` is not understood beside a reference. Remove it.`;
  }
}

const TYPES =
  'The `type` is not understood. Write string, number, integer, boolean (or a list of these), object or array, each alone or with "null".';

const KIND_OF_TYPE: Readonly<Record<string, string>> = {
  string: "Text",
  number: "Number",
  integer: "Number",
  boolean: "Flag",
  object: "Object",
  array: "Array",
};

/** The forms that are a schema, a variant of a union and `additionalProperties` among them. */
const SCHEMAS = ["Schema", "Choice", "Rest"];

/** What may be written in a schema depends on its `type`; undefined where that is not understood. */
function schemaKind(form: string, value: Members): Kind | undefined {
  if ("$ref" in value) return LANGUAGE.Reference;
  if ("anyOf" in value || "oneOf" in value) return LANGUAGE.Union;
  if (!("type" in value)) return LANGUAGE.Untyped;
  if (form === "Choice" && value.type === "null") return LANGUAGE.Null;
  const types = [value.type].flat().map(String);
  const names = new Set(types.filter((type) => type !== "null").map((type) => KIND_OF_TYPE[type] ?? ""));
  const kinds = [...names].map((name) => LANGUAGE[name]);
  const isMixed = types.filter((type) => type !== "null").length > 1;
  if (new Set(types).size < types.length || (isMixed && (names.has("Object") || names.has("Array")))) return undefined;
  const [kind] = kinds;
  return kind && !kinds.includes(undefined)
    ? { ...kind, members: Object.assign({}, ...kinds.map((each) => each?.members)) }
    : undefined;
}

export const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
