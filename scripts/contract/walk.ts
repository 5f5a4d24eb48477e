// Walks a contract along LANGUAGE and rejects whatever is not in it.
import { capitalized, type Form, type Kind, LANGUAGE, VALUES } from "./language.js";
import type { Problem } from "./problem.js";

type Members = Readonly<Record<string, unknown>>;

/** An object of the contract, and its path. */
export interface Node {
  pointer: string[];
  value: Members;
}

/** The result of the walk: the problems found, and the contract's objects grouped by kind (all schemas under `Schema`). */
export class Reading {
  readonly problems: Problem[] = [];
  private readonly kinds = new Map<string, Node[]>();

  constructor(readonly document: object) {
    this.read("Document", document, []);
  }

  nodes(kind: string): Node[] {
    return this.kinds.get(kind) ?? [];
  }

  private reject(pointer: string[], message: string): void {
    this.problems.push({ pointer, message });
  }

  private read(form: Form, value: unknown, pointer: string[]): void {
    const here = pointer.length === 0 ? "The document" : `\`${pointer.at(-1)}\``;
    const plain = VALUES[form];
    if (form.startsWith("[")) {
      if (Array.isArray(value))
        for (const [index, item] of value.entries()) this.read(form.slice(1, -1), item, [...pointer, `${index}`]);
      else this.reject(pointer, `${here} is not a list. Write a list.`);
    } else if (plain) {
      if (plain.accepts(value)) this.readData(value, pointer);
      else this.reject(pointer, `${here} is not ${plain.is}. Write ${plain.is}.`);
    } else if (form.startsWith("=")) {
      if (value !== form.slice(1))
        this.reject(pointer, `${here} has an unsupported value. Write \`${form.slice(1)}\`.`);
    } else if (isObject(value)) {
      this.readObject(form, value, pointer);
    } else if (form !== "Rest" || value !== false) {
      this.reject(pointer, `${here} is not an object. Write ${LANGUAGE[form]?.is ?? "a schema with a `type`"}.`);
    }
  }

  private readObject(form: string, value: Members, pointer: string[]): void {
    const isSchema = SCHEMAS.includes(form);
    const kind = isSchema ? schemaKind(form, value) : LANGUAGE[form];
    const part = isSchema ? "schemas" : kind?.sharedIn;
    const isReference = "$ref" in value && part !== undefined;
    const problem = isReference ? this.referenceProblem(value, part, pointer) : undefined;
    if (!kind) this.reject([...pointer, "type"], TYPES);
    else if (problem !== undefined) this.reject([...pointer, "$ref"], problem);
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
      this.reject(pointer, `${capitalized(kind.is)} must have \`${required}\`. Add it.`);
    }
  }

  private readMember(
    { is, members, names, otherwise, instead }: Kind,
    name: string,
    value: unknown,
    pointer: string[],
  ) {
    const written = [name, `${name}!`].find((member) => Object.hasOwn(members, member));
    const form = written === undefined ? (names?.allowed.test(name) ? names.value : undefined) : members[written];
    const near = Object.keys(members).find((member) => member.replace("!", "").toLowerCase() === name.toLowerCase());
    const advice = Object.hasOwn(instead, name) ? instead[name] : near && `Write \`${near.replace("!", "")}\``;
    const isExtension = name.startsWith("x-") && !names && advice === undefined;
    if (form !== undefined) this.read(form, value, pointer);
    else if (isExtension) this.readData(value, pointer);
    else this.reject(pointer, `\`${name}\` is not supported in ${is}. ${advice ?? otherwise}.`);
  }

  /** References in data are rejected, so that no tool that reads the contract later follows them. */
  private readData(value: unknown, pointer: string[]): void {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === "$ref") this.reject([...pointer, name], "`$ref` is not followed in data. Write the value here.");
      this.readData(inner, [...pointer, name]);
    }
  }

  private referenceProblem(value: Members, part: string, pointer: string[]): string | undefined {
    const { $ref, ...siblings } = value;
    const [, name = ""] = new RegExp(`^#/components/${part}/([\\w.-]+)$`).exec(String($ref)) ?? [];
    const target: unknown = Object(Object(Object(this.document).components)[part])[name];
    if (name === "") return `Only this file's components can be referred to. Write "#/components/${part}/NAME".`;
    if (!isObject(target)) return `components/${part} has no \`${name}\`. Add it, or correct the name.`;
    if ("$ref" in target) return `\`${name}\` is itself a reference. Refer to its target: "${target.$ref}".`;
    if (pointer[0] === "components" && pointer.length === 3)
      return "A component must not be a reference. Write out the schema.";
    const [other] = part === "schemas" ? [] : Object.keys(siblings);
    return other && `\`${other}\` is not supported next to a reference. Remove it.`;
  }
}

const TYPES =
  'Unsupported `type`. Write string, number, integer, boolean (or a list of these), object or array, each alone or with "null".';

const KIND_OF_TYPE: Readonly<Record<string, string>> = {
  string: "String",
  number: "Number",
  integer: "Number",
  boolean: "Boolean",
  object: "Object",
  array: "Array",
};

/** The forms that stand for a schema, including union variants and `additionalProperties`. */
const SCHEMAS = ["Schema", "Choice", "Rest"];

/** The supported members of a schema depend on its `type`; undefined if that is not supported. */
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

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
