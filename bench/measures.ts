// The measurements, step by step.
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { install, temporaryFolder } from "../test/published/package/install.js";
import { CLIENTS, DEADLINE, FLOOR, OURS, PACKAGES, REFERENCE } from "./clients.js";
import { interleave, type Results, type Slice, takeTurns } from "./rounds.js";
import { esbuild, FOLDER, program, reply, start } from "./tools.js";

/** The size in bytes of a program that makes one call: bundled, minified and gzipped. */
async function bundle(client: string) {
  const [entry, output] = [`.cache/${client}.program.js`, `.cache/${client}.bundle.js`];
  const code = `import connect from "../clients/${client}.js";\nconsole.log(await connect("https://api.konpro.ai")());\n`;
  await writeFile(join(FOLDER, entry), code);
  await esbuild(entry, "--minify", "--platform=browser", `--outfile=${output}`);
  return { bundle: gzipSync(await readFile(join(FOLDER, output)), { level: 9 }).length };
}

/** The packages and kilobytes that npm installs. */
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

/** How long, or how often, each thing is measured. */
export interface Effort {
  /** Clients that are fully measured; for the others, only the size. */
  clients: string[];
  /** Per way of making many calls. */
  seconds: number;
  /** How many new processes import each client. */
  fresh: number;
}

const STUB: Slice = { calls: 2000, inFlight: 1 };
const ONE_AT_A_TIME: Slice = { calls: 100, inFlight: 1 };
const MANY: Slice = { calls: 300, inFlight: 50 };
const LARGE: Slice = { calls: 1, inFlight: 1 };
/** With a large body, parsing by the platform dominates, so these clients suffice. */
const FEW = [FLOOR, REFERENCE, OURS];

/** openapi-fetch-deadline is the same package as openapi-fetch. */
const packages = (clients: string[]) => clients.filter((client) => client !== DEADLINE);

/** The measurements against a server, which runs in a separate process. */
async function overLoopback({ clients, seconds, fresh }: Effort, say: (step: string) => void): Promise<Results> {
  const server = start("server");
  try {
    const url = `http://127.0.0.1:${Reflect.get(await reply(server), "port")}`;
    say("Calls over loopback, one at a time");
    const one = await takeTurns(clients, seconds, `${url}/2`, ONE_AT_A_TIME);
    say("Calls over loopback, 50 in flight");
    const many = await takeTurns(clients, seconds, `${url}/2`, MANY);
    say("10,000 endpoints");
    const large = await takeTurns(FEW, seconds / 2, `${url}/10000`, LARGE);
    say("Import and first call");
    const first = await interleave(packages(clients), fresh, (client) => program("first-call", client, `${url}/2`));
    return {
      ...{ "cpu 1": one.cpu ?? {}, "cpu 50": many.cpu ?? {}, "rate 50": many.rate ?? {} },
      ...{ "time 10000": large.ms ?? {}, first: first.first ?? {} },
    };
  } finally {
    server.kill();
  }
}

/** Measures everything, and reports each step. */
export async function measure(tarball: string, effort: Effort, say: (step: string) => void): Promise<Results> {
  say("Bundles");
  const bundles = await interleave(CLIENTS, 1, bundle);
  say("Installed packages");
  const sizes = await interleave(packages(effort.clients), 1, (client) => installed(client, tarball));
  say("CPU time of a call");
  const { cpu = {} } = await takeTurns(effort.clients, effort.seconds, "", STUB);
  return { ...bundles, ...sizes, cpu, ...(await overLoopback(effort, say)) };
}
