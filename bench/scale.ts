// How generation and the client grow with the contract: prints a table for descriptions of 10 to 5,000 operations.
// Run it in the project's root: npx jiti bench/scale.ts
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "tsdown";
import { stringify } from "yaml";
import { main as generate } from "../scripts/generate.js";

const SIZES = [10, 100, 1000, 5000];
const FOLDER = resolve(".cache/scale");

/** An API of many operations, each with a parameter or a body, and a schema of its own. */
function description(size: number): string {
  const schema = (index: number) => ({ $ref: `#/components/schemas/Thing${index}` });
  const json = (content: object) => ({ description: "The thing.", content: { "application/json": content } });
  const numbers = Array.from({ length: size }, (_, index) => index);
  const path = (index: number) => ({
    parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
    [index % 2 ? "post" : "get"]: {
      operationId: `callThing${index}`,
      summary: `Call thing ${index}`,
      ...(index % 2
        ? { requestBody: json({ schema: schema(index) }) }
        : { parameters: [{ name: "limit", in: "query", schema: { type: "integer" } }] }),
      responses: {
        200: json({ schema: schema(index), example: { id: "a", state: "on" } }),
        default: json({ schema: schema(0), example: { id: "a", state: "on" } }),
      },
    },
  });
  const thing = () => ({
    type: "object",
    required: ["id", "state"],
    properties: {
      id: { type: "string" },
      state: { type: "string", "x-extensible-enum": ["on", "off"] },
      tags: { type: ["array", "null"], items: { type: "string" } },
    },
  });
  return stringify({
    openapi: "3.1.0",
    info: { title: "Things", version: "1.0.0" },
    servers: [{ url: "https://things.example" }],
    security: [{ key: [] }],
    paths: Object.fromEntries(numbers.map((index) => [`/things${index}/{id}`, path(index)])),
    components: {
      securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
      schemas: Object.fromEntries(numbers.map((index) => [`Thing${index}`, thing()])),
    },
  });
}

/** The client bundled as an application would, minified. */
async function bundle(folder: string): Promise<string> {
  await build({
    ...{ config: false, entry: `${folder}/src/client.ts`, outDir: `${folder}/dist`, logLevel: "error" },
    ...{ platform: "neutral", fixedExtension: false, dts: false, minify: true, deps: { alwaysBundle: /./ } },
  });
  return `${folder}/dist/client.js`;
}

/** Processor time in ms: the clock's depends on what else the machine does. */
async function time(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

await rm(FOLDER, { recursive: true, force: true });
const rows = [];
for (const operations of SIZES) {
  const folder = `${FOLDER}/${operations}`;
  const spec = `${folder}/openapi.yaml`;
  await mkdir(folder, { recursive: true });
  await writeFile(spec, description(operations));
  await cp("src", `${folder}/src`, { recursive: true });
  const generation = await time(() => generate(["--spec", spec, "--out", `${folder}/generated`]));
  const file = await bundle(folder);
  const code = await readFile(file);
  const { createKonProClient }: typeof import("../src/client.js") = await import(pathToFileURL(file).href);
  const make = (times: number) => {
    for (let turn = 0; turn < times; turn++) createKonProClient({ apiKey: "fake-key-0000" });
  };
  make(1); // the first one loads the platform's fetch
  const making = await time(() => make(200));
  rows.push({
    operations,
    "generation, ms": Math.round(generation),
    "bundle, bytes": code.length,
    "bundle, gzip": gzipSync(code).length,
    "making a client, ms": Number((making / 200).toFixed(2)),
  });
}
console.table(rows);
