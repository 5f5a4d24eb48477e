// What a program with one call weighs, and each entry, and what validation adds to a call: on what `npm run build` built.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { createKonProClient, type Fetch } from "konpro-client";
import { validateResponses } from "konpro-client/validation";
import { build } from "tsdown";
import { readContract } from "./contract.js";
import { locate, responsesOf } from "./responses.js";
import { orUsage } from "./usage.js";

const USAGE = `Usage: npm run cost
       npm run size [-- --at-most BYTES]
  --at-most BYTES  measure sizes only; a program with one call must have no more bytes, minified and gzipped`;

const ENTRIES = {
  "konpro-client": "createKonProClient",
  "konpro-client/testing": "createMockApi",
  "konpro-client/validation": "validateResponses",
};

/** Bytes of a program, with all that it brings along. */
async function size(name: string, code: string) {
  const folder = await mkdtemp(join(process.cwd(), ".cache", "cost-"));
  const program = join(folder, "program.js");
  await writeFile(program, code);
  await build({
    ...({ config: false, platform: "neutral", fixedExtension: false, dts: false, logLevel: "silent" } as const),
    ...{ entry: program, outDir: join(folder, "out"), minify: true, deps: { alwaysBundle: /./ } },
  });
  const bytes = await readFile(join(folder, "out/program.js"));
  await rm(folder, { recursive: true });
  return { name, min: bytes.length, "min, gzip": gzipSync(bytes, { level: 9 }).length };
}

/** The most that a program with one call may weigh; nothing where it is only shown. */
function readArguments(): { limit: number | undefined } {
  const { "at-most": limit } = parseArgs({ options: { "at-most": { type: "string" } } }).values;
  if (limit !== undefined && !/^\d+$/.test(limit)) throw new Error("--at-most must be a number of bytes");
  return { limit: limit === undefined ? undefined : Number(limit) };
}

interface Caller {
  request(method: string, path: string, init: object): Promise<unknown>;
}

/** Milliseconds of a call without and with validation, made in turn: medians, the first fifth left out. */
async function time(path: string, options: { baseUrl?: string; fetch?: Fetch }, rounds: number) {
  const client = createKonProClient({ apiKey: "cost-key", ...options });
  const validating = createKonProClient({ apiKey: "cost-key", ...options });
  validating.use(validateResponses());
  const measure = async (caller: Caller, times: number[]) => {
    const begin = performance.now();
    await caller.request("get", path, {});
    times.push(performance.now() - begin);
  };
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    await measure(client, times[0]);
    await measure(validating, times[1]);
  }
  const [plain, checked] = times.map((all) => median(all.slice(rounds / 5)));
  return { plain, checked };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** An example with its list grown to so many items, as JSON. */
function grown(example: object, count: number): string {
  const entries = Object.entries(example).map(([name, value]) => [
    name,
    Array.isArray(value) ? Array.from({ length: count }, (_, index) => value[index % value.length]) : value,
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

const { limit } = (await orUsage(USAGE, readArguments)) ?? process.exit(2);
const contract = await readContract("openapi.yaml");
const operation = contract.operations.find(({ method }) => method === "get");
if (!operation) throw new Error("The contract has no GET operation to measure.");

await mkdir(".cache", { recursive: true });
const call = `import { createKonProClient } from "konpro-client";\nconsole.log(await createKonProClient().${operation.id}());\n`;
const oneCall = await size("one call", call);
const sizes = [oneCall];
for (const [entry, name] of Object.entries(ENTRIES))
  sizes.push(await size(entry, `export { ${name} } from "${entry}";`));
console.table(sizes);
if (limit !== undefined) {
  const bytes = oneCall["min, gzip"];
  if (bytes > limit) console.error(`A program with one call has ${bytes} bytes, more than the ${limit} it may have.`);
  process.exit(bytes > limit ? 1 : 0);
}

const response = responsesOf(contract, operation).find(({ status }) => status === "200");
if (!response) throw new Error("The GET operation has no answer to measure.");
const names = [...response.media.pointer, "examples"];
const [first = ""] = Object.keys(locate(contract.document, names).value);
const example = locate(contract.document, [...names, first, "value"]).value;

let body = "";
const headers = { "content-type": "application/json" };
const server = createServer((_, answer) => answer.writeHead(200, headers).end(body));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const rows = [];
for (const [items, rounds] of [
  [2, 1000],
  [10_000, 40],
] as const) {
  body = grown(example, items);
  const memory = { fetch: async () => new Response(body, { headers }) };
  for (const [answeredFrom, options] of [
    ["memory", memory],
    ["this machine", { baseUrl }],
  ] as const) {
    const { plain = 0, checked = 0 } = await time(operation.path, options, rounds);
    const more = `${Math.round((checked / plain - 1) * 100)} %`;
    rows.push({ items, answeredFrom, "ms without": plain.toFixed(3), "ms with": checked.toFixed(3), more });
  }
}
server.close();
server.closeAllConnections();
console.table(rows);
