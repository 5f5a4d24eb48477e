// How generation and the client grow with the contract: prints a table for descriptions of 10 to 5,000 operations.
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import openapiTS, { astToString } from "openapi-typescript";
import { build } from "tsdown";
import { stringify } from "yaml";
import { readContract } from "./contract.js";
import { main as generate } from "./generate.js";
import { validatorsModule } from "./validators.js";

const SIZES = [10, 100, 1000, 5000];
const TURNS = 3;
const FOLDER = ".cache/scale";
const run = promisify(execFile);

/** An API that is nothing but many operations, each with a parameter or body and a schema of its own. */
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
      responses: { 200: json({ schema: schema(index) }), default: json({ schema: schema(0) }) },
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

/** In a process of its own, since peak memory is the process's: openapi-typescript, all of ours, our checks of answers. */
async function measure(who: string, folder: string): Promise<void> {
  console.log = () => {};
  const spec = join(folder, "openapi.yaml");
  const contract = who === "checks" ? await readContract(spec) : undefined;
  const start = process.cpuUsage();
  if (contract) validatorsModule(contract);
  else if (who === "ours") process.exitCode = await generate(["--spec", spec, "--out", join(folder, "generated")]);
  else await writeFile(join(folder, "alone.ts"), astToString(await openapiTS(pathToFileURL(spec), { silent: true })));
  process.stdout.write(JSON.stringify({ ms: cpuTime(start), mb: process.resourceUsage().maxRSS / 1024 }));
}

interface Cost {
  ms: number;
  mb: number;
}

type Turn = Record<"alone" | "ours" | "checks", Cost>;

async function generation(who: keyof Turn, folder: string): Promise<Cost> {
  const jiti = join(dirname(fileURLToPath(import.meta.resolve("jiti/package.json"))), "lib/jiti-cli.mjs");
  const { stdout } = await run(process.execPath, [jiti, fileURLToPath(import.meta.url), who, folder]);
  return JSON.parse(stdout);
}

/** What the compiler does for a user's file that calls one method of the published package. */
async function instantiationsFor(folder: string): Promise<number> {
  const flags = ["--target", "es2022", "--module", "nodenext", "--strict", "--skipLibCheck", "--types", "node"];
  const tsc = (...args: string[]) => run(process.execPath, ["node_modules/typescript/bin/tsc", ...flags, ...args]);
  const types = join(folder, "types");
  const declare = ["--declaration", "--emitDeclarationOnly", "--noCheck", "--rootDir", folder, "--outDir", types];
  await tsc(...declare, join(folder, "src/client.ts"));
  const user = join(folder, "user.ts");
  await writeFile(
    user,
    `import { createKonProClient } from "./types/src/client.js";
const thing = await createKonProClient().callThing2({ params: { path: { id: "a" } } });
export const state: string = thing.state;\n`,
  );
  const { stdout } = await tsc("--noEmit", "--extendedDiagnostics", user);
  return Number(/^Instantiations:\s+(\d+)/m.exec(stdout)?.[1]);
}

/** The client bundled as an application would, and how long it takes to make one. */
async function bundle(folder: string): Promise<{ bytes: number; gzipped: number; ms: number }> {
  await build({
    config: false,
    entry: [resolve(folder, "src/client.ts")],
    outDir: join(folder, "dist"),
    platform: "neutral",
    fixedExtension: false,
    dts: false,
    minify: true,
    noExternal: /./,
    inlineOnly: false,
    logLevel: "silent",
  });
  const file = join(folder, "dist/client.js");
  const code = await readFile(file);
  const { createKonProClient }: typeof import("../src/client.js") = await import(pathToFileURL(resolve(file)).href);
  const make = (times: number) => {
    for (let time = 0; time < times; time++) createKonProClient({ apiKey: "test-key-0000" });
  };
  make(1); // The first one loads the platform's fetch.
  const start = process.cpuUsage();
  make(200);
  return { bytes: code.length, gzipped: gzipSync(code).length, ms: cpuTime(start) / 200 };
}

/** Processor time rather than the clock's, which depends on what else the machine does. */
function cpuTime(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const [who = "", folder = ""] = process.argv.slice(2);
if (who) await measure(who, folder);
else {
  console.log(
    `Times are of the processor, the least of ${TURNS} runs. Memory is the peak of the whole process. The user's file calls one method.\n`,
  );
  console.log(
    "| operations | openapi-typescript | ours | on top | of it checks of answers | an operation | memory | ours | user's instantiations | bundle, min | gzipped | making a client |",
  );
  console.log(`|${" ---: |".repeat(12)}`);
  await rm(FOLDER, { recursive: true, force: true });
  for (const size of SIZES) {
    const folder = join(FOLDER, String(size));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "openapi.yaml"), description(size));
    await cp("src", join(folder, "src"), { recursive: true });
    const turns: Turn[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      const alone = await generation("alone", folder);
      turns.push({ alone, ours: await generation("ours", folder), checks: await generation("checks", folder) });
    }
    // What else the machine does can only add.
    const least = (figure: (turn: Turn) => number) => Math.min(...turns.map(figure));
    const alone = least((turn) => turn.alone.ms);
    const ours = least((turn) => turn.ours.ms);
    const instantiations = await instantiationsFor(folder);
    const { bytes, gzipped, ms } = await bundle(folder);
    const cells = [
      size,
      `${alone.toFixed()} ms`,
      `${ours.toFixed()} ms`,
      `${((ours / alone - 1) * 100).toFixed()} %`,
      `${least((turn) => turn.checks.ms).toFixed()} ms`,
      `${(ours / size).toFixed(1)} ms`,
      `${least((turn) => turn.alone.mb).toFixed()} MB`,
      `${least((turn) => turn.ours.mb).toFixed()} MB`,
      instantiations,
      `${bytes} B`,
      `${gzipped} B`,
      `${ms.toFixed(2)} ms`,
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}
