// Everything that is measured, step by step.
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { install, temporaryFolder } from "../test/published/package/install.js";
import { CLIENTS, EMPTY, FLOOR, GENERATORS, OURS, PACKAGES, REFERENCE, VARIANTS } from "./clients.js";
import { interleave, type Results, type Slice, takeTurns } from "./rounds.js";
import { esbuild, FOLDER, node, program, reply, start, TSC } from "./tools.js";

/** Bytes of a program with all that it needs: minified, and gzipped as well. */
async function sizes(name: string, code: string): Promise<[minified: number, gzipped: number]> {
  const [entry, output] = [`.cache/${name}.program.js`, `.cache/${name}.bundle.js`];
  await writeFile(join(FOLDER, entry), code);
  await esbuild(entry, "--minify", "--platform=browser", `--outfile=${output}`);
  const bytes = await readFile(join(FOLDER, output));
  return [bytes.length, gzipSync(bytes, { level: 9 }).length];
}

/** A program that makes one call. */
async function bundle(client: string) {
  const code = `import connect from "../clients/${client}.js";\nconsole.log(await connect("https://api.konpro.ai")());\n`;
  const [minified, gzipped] = await sizes(client, code);
  return { "bundle, min": minified, bundle: gzipped };
}

/** What each of these brings along, by itself. */
const PARTS: Record<string, string> = {
  createKonProClient: "konpro-client",
  KonProApiError: "konpro-client",
  listensTo: "konpro-client",
  redactSecrets: "konpro-client",
  validateResponses: "konpro-client/validation",
  parseUnauthenticatedEvent: "konpro-client/validation",
  createMockApi: "konpro-client/testing",
};

async function part(name: string) {
  const [minified, gzipped] = await sizes(name, `export { ${name} } from "${PARTS[name]}";\n`);
  return { "part, min": minified, part: gzipped };
}

/** Packages and kilobytes that npm installs. */
async function installed(client: string, tarball: string) {
  if (!PACKAGES.includes(client)) return { packages: 0, kB: 0 };
  const { devDependencies } = JSON.parse(await readFile(join(FOLDER, "package.json"), "utf8"));
  const folder = temporaryFolder();
  await writeFile(join(folder, "package.json"), "{}");
  install(client === OURS ? tarball : `${client}@${devDependencies[client]}`, folder);
  const modules = join(folder, "node_modules");
  const lock = JSON.parse(await readFile(join(modules, ".package-lock.json"), "utf8"));
  const files = await readdir(modules, { recursive: true });
  const stats = await Promise.all(files.map((file) => stat(join(modules, file))));
  const bytes = stats.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  return { packages: Object.keys(lock.packages).length, kB: bytes / 1000 };
}

/** The peers' clients are made on the way. */
async function generate(client: string) {
  const begin = performance.now();
  await node(...(GENERATORS[client] ?? "").split(" "));
  return { generation: (performance.now() - begin) / 1000 };
}

/** The compiler, with its processor time as its last line. */
const TIMED_TSC = `
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  console.log("Processor: " + (user + system) / 1e6);
});
require("./${TSC}");`;

/** What the compiler does for the file that connects a client, or for an empty one. */
async function typeCheck(client: string) {
  const file = client === EMPTY ? ".cache/empty.ts" : `clients/${client}.ts`;
  const flags = "--strict --skipLibCheck --target es2022 --module nodenext --types node --noEmit --extendedDiagnostics";
  const output = await node("-e", TIMED_TSC, "tsc", file, ...flags.split(" "));
  const figure = (name: string) => Number(new RegExp(`^${name}: +([\\d.]+)`, "m").exec(output)?.[1]);
  return { instantiations: figure("Instantiations"), "type-check": figure("Processor") };
}

/** How long, or how often, each thing is done. */
export interface Effort {
  /** Of whom all is measured; of the others, only the size. */
  clients: string[];
  /** For each way to make many calls. */
  seconds: number;
  fresh: number;
  slow: number;
}

const STUB: Slice = { calls: 2000, inFlight: 1 };
const ONE_AT_A_TIME: Slice = { calls: 100, inFlight: 1 };
const MANY: Slice = { calls: 300, inFlight: 50 };
const LARGE: Slice = { calls: 1, inFlight: 1 };
/** With large answers, everyone's time is that of the platform: these are enough to see that it stays so. */
const FEW = [FLOOR, REFERENCE, OURS];

const withoutVariants = (clients: string[]) => clients.filter((client) => !VARIANTS.includes(client));

/** What needs a server, which has a process of its own. */
async function overLoopback({ clients, seconds, fresh, slow }: Effort, say: (step: string) => void): Promise<Results> {
  const server = start("server");
  try {
    const url = `http://127.0.0.1:${Reflect.get(await reply(server), "port")}`;
    say("Calls over loopback, one at a time");
    const one = await takeTurns(clients, seconds, `${url}/2`, ONE_AT_A_TIME);
    say("Calls over loopback, 50 in flight");
    const many = await takeTurns(clients, seconds, `${url}/2`, MANY);
    say("Import and first call");
    const first = await interleave(withoutVariants(clients), fresh, (client) =>
      program("first-call", client, `${url}/2`),
    );
    const results: Results = {
      ...{ "cpu 1": one.cpu ?? {}, "rate 1": one.rate ?? {}, "cpu 50": many.cpu ?? {}, "rate 50": many.rate ?? {} },
      ...{ import: first.import ?? {}, first: first.first ?? {} },
    };
    for (const count of [10_000, 100_000]) {
      say(`${count} endpoints`);
      const { ms = {} } = await takeTurns(FEW, seconds / 2, `${url}/${count}`, LARGE);
      const { mb = {} } = await interleave(FEW, slow, (client) =>
        program("first-call", client, `${url}/2`, `${url}/${count}`),
      );
      Object.assign(results, { [`time ${count}`]: ms, [`memory ${count}`]: mb });
    }
    return results;
  } finally {
    server.kill();
  }
}

/** Generates from the contract, which has to come first. */
export const generation = (rounds: number): Promise<Results> => interleave(Object.keys(GENERATORS), rounds, generate);

/** Measures everything else, with a line for each step. */
export async function measure(tarball: string, effort: Effort, say: (step: string) => void): Promise<Results> {
  const { clients, seconds, slow } = effort;
  say("Bundles");
  const bundles = await interleave(CLIENTS, 1, bundle);
  const parts = await interleave(Object.keys(PARTS), 1, part);
  say("Installed packages");
  const packages = await interleave(withoutVariants(clients), 1, (client) => installed(client, tarball));
  say("Processor time of a call");
  const { cpu = {} } = await takeTurns(clients, seconds, "", STUB);
  const loopback = await overLoopback(effort, say);
  say("Retained memory");
  const heap = await interleave(withoutVariants(clients), 1, (client) => program("memory", client, 1000));
  say("Type-check");
  await writeFile(join(FOLDER, ".cache/empty.ts"), "export {};\n");
  const types = await interleave([EMPTY, ...withoutVariants(clients)], slow, typeCheck);
  return {
    ...bundles,
    ...parts,
    ...packages,
    cpu,
    ...loopback,
    ...heap,
    ...types,
  };
}
