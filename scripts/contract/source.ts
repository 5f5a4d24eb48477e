// Reads one file of YAML or JSON as plain data that remembers its places. No other file is ever read.
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";
import { ContractError } from "./problem.js";

export interface Source {
  value: unknown;
  /** Where the last name on the way to a value is written, as `file:line:column`. */
  placeOf: (pointer: string[]) => string;
}

export async function readSource(file: string): Promise<Source> {
  const name = relative("", file).replaceAll("\\", "/");
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new ContractError(`${name}: ${error.message}: give the path of an OpenAPI 3.1 description in YAML or JSON.`);
  });
  const lines = new LineCounter();
  const fail = (offset: number, message: string): never => {
    const { line, col } = offset === 0 ? { line: 1, col: 1 } : lines.linePos(offset);
    throw new ContractError(`${name}:${line}:${col}: ${message}`);
  };
  if (text.startsWith("\uFEFF")) fail(0, "The file begins with a byte order mark. Save it without one.");
  const root = parse(text, lines, fail);
  const placeOf = (pointer: string[]) => {
    const { line, col } = lines.linePos(offsetOf(root, pointer));
    return `${name}:${line}:${col}`;
  };
  return { value: dataOf(root, fail), placeOf };
}

type Fail = (offset: number, message: string) => never;

function parse(text: string, lineCounter: LineCounter, fail: Fail): Node {
  // Whether keys are unique is checked below: here, it would take time in proportion to the square of their number.
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
  if (/call stack/.test(problem?.message ?? ""))
    return fail(0, "The values are too deep in each other. Write fewer levels.");
  if (problem) return fail(problem.pos[0], `${problem.message.replace(/\.?$/, ".")} Correct the YAML.`);
  if (second) return fail(second.range[0], "A second YAML document begins here. Keep one in a file.");
  if (document.schema.name !== "core") return fail(0, "Only YAML 1.2 is read. Remove the %YAML line.");
  return document.contents;
}

/** Plain data, without what YAML has and JSON has not. */
function dataOf(node: unknown, fail: Fail): unknown {
  if (isNode(node) && node.tag)
    return fail(startOf(node) ?? 0, `${node.tag} is a YAML tag. Write the value without it.`);
  if (isMap(node)) {
    const names = new Set<string>();
    const members = node.items.map(({ key, value }) => {
      const name = nameOf(key);
      const at = startOf(key) ?? startOf(node) ?? 0;
      if (name === undefined) return fail(at, "A name is text. Write it without `?`, `&` and `*`.");
      if (name === "__proto__") return fail(at, "`__proto__` has a meaning in JavaScript. Choose another name.");
      if (names.has(name)) return fail(at, `\`${name}\` is written twice. Remove one of them.`);
      names.add(name);
      return [name, dataOf(value, fail)] as const;
    });
    return Object.fromEntries(members);
  }
  if (isSeq(node)) return node.items.map((item) => dataOf(item, fail));
  if (isAlias(node)) return fail(startOf(node) ?? 0, `\`*${node.source}\` is a YAML alias. Write the value here.`);
  const value = isScalar(node) ? node.value : null;
  if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))) {
    return fail(startOf(node) ?? 0, "JSON has no such number. Write another one.");
  }
  return value;
}

/** A name as it is written: `200` and `"200"` are the same. */
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
