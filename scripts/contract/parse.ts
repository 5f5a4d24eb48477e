// Reads a YAML or JSON file as plain data, keeping source positions. No other file is ever read.
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";
import { ContractError } from "./problem.js";

export interface Parsed {
  value: unknown;
  /** The position of the last name of a pointer, as `file:line:column`. */
  placeOf: (pointer: string[]) => string;
}

export async function parseFile(file: string): Promise<Parsed> {
  const name = relative("", file).replaceAll("\\", "/");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ContractError(
      `Cannot read ${name} (${error.code}). Pass the path of an OpenAPI 3.1 description in YAML or JSON.`,
    );
  });
  const lines = new LineCounter();
  const fail = (offset: number, message: string): never => {
    const { line, col } = offset === 0 ? { line: 1, col: 1 } : lines.linePos(offset);
    throw new ContractError(`${name}:${line}:${col}: ${message}`);
  };
  if (text.startsWith("\uFEFF")) fail(0, "The file starts with a byte order mark. Save it without one.");
  const root = parse(text, lines, fail);
  const placeOf = (pointer: string[]) => {
    const { line, col } = lines.linePos(offsetOf(root, pointer));
    return `${name}:${line}:${col}`;
  };
  return { value: dataOf(root, fail), placeOf };
}

type Fail = (offset: number, message: string) => never;

function parse(text: string, lineCounter: LineCounter, fail: Fail): Node {
  // Unique keys are checked below: here, the check would take quadratic time.
  const documents = parseAllDocuments(text, {
    lineCounter,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (!document?.contents || (isScalar(document.contents) && document.contents.value === null)) {
    return fail(0, "The file is empty. Write an OpenAPI 3.1 description.");
  }
  const [problem] = [...document.errors, ...document.warnings];
  if (/call stack/.test(problem?.message ?? "")) return fail(0, "The values are nested too deeply. Use fewer levels.");
  if (problem) return fail(problem.pos[0], `${problem.message.replace(/\.?$/, ".")} Correct the YAML.`);
  if (second) return fail(second.range[0], "A second YAML document starts here. Keep one document per file.");
  if (document.schema.name !== "core") return fail(0, "Only YAML 1.2 is supported. Remove the %YAML line.");
  return document.contents;
}

/** Plain JSON data; YAML-only features are rejected. */
function dataOf(node: unknown, fail: Fail): unknown {
  if (isNode(node) && node.tag)
    return fail(startOf(node) ?? 0, `${node.tag} is a YAML tag. Write the value without it.`);
  if (isMap(node)) {
    const names = new Set<string>();
    const members = node.items.map(({ key, value }) => {
      const name = nameOf(key);
      const at = startOf(key) ?? startOf(node) ?? 0;
      if (name === undefined) return fail(at, "Keys must be plain strings. Write them without `?`, `&` and `*`.");
      if (name === "__proto__")
        return fail(at, "`__proto__` has a special meaning in JavaScript. Choose another name.");
      if (names.has(name)) return fail(at, `\`${name}\` appears twice. Remove one.`);
      names.add(name);
      return [name, dataOf(value, fail)] as const;
    });
    return Object.fromEntries(members);
  }
  if (isSeq(node)) return node.items.map((item) => dataOf(item, fail));
  if (isAlias(node)) return fail(startOf(node) ?? 0, `\`*${node.source}\` is a YAML alias. Write the value here.`);
  const value = isScalar(node) ? node.value : null;
  if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))) {
    return fail(startOf(node) ?? 0, "JSON cannot represent this number. Write another one.");
  }
  return value;
}

/** A key as written: `200` and `"200"` are the same. */
function nameOf(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
}

const startOf = (node: unknown): number | undefined => Object(node).range?.[0];

function offsetOf(root: Node, pointer: string[]): number {
  let node: unknown = root;
  let offset = startOf(root) ?? 0;
  for (const name of pointer) {
    const pair = isMap(node) ? node.items.find(({ key }) => nameOf(key) === name) : undefined;
    const item = isSeq(node) ? node.items[Number(name)] : undefined;
    if (!pair && item === undefined) break;
    offset = startOf(pair ? pair.key : item) ?? offset;
    node = pair ? pair.value : item;
  }
  return offset;
}
