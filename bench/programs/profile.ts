// Where the processor's time goes in so many calls of one client: the share of each part of the program.
import { Session } from "node:inspector/promises";
import { connector } from "./answer.js";

const [client = "", count = "1"] = process.argv.slice(2);
const call = (await connector(client))();
const repeat = async (times: number) => {
  for (let index = 0; index < times; index++) await call();
};

function part(url: string, functionName: string): string | undefined {
  if (functionName === "(idle)") return undefined;
  if (functionName === "(garbage collector)") return "garbage collection";
  const name = /\/node_modules\/(konpro-client|openapi-fetch)\//.exec(url)?.[1];
  return name ?? (url.includes("undici") ? "Request, Response, Headers" : "the rest of Node, V8 and this script");
}

await repeat(Number(count) / 4);
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.setSamplingInterval", { interval: 200 });
await session.post("Profiler.start");
await repeat(Number(count));
const { nodes, samples = [] } = (await session.post("Profiler.stop")).profile;

const partOf = new Map(nodes.map(({ id, callFrame: { url, functionName } }) => [id, part(url, functionName)]));
const shares: Record<string, number> = {};
const busy = samples.map((id) => partOf.get(id)).filter((name) => name !== undefined);
for (const name of busy) shares[name] = (shares[name] ?? 0) + 1 / busy.length;
console.log(JSON.stringify(shares));
