// Many calls in one process, the clients in turn; prints a number of each round for each client.
import { Session } from "node:inspector/promises";
import { load, stub } from "./answer.js";

const [mode = "", clients = "", rounds = "1", calls = "1", ...rest] = process.argv.slice(2);
const names = clients.split(",");
const gc = globalThis.gc ?? (() => {});
const times = Number(calls);

type Call = () => Promise<object[]>;

async function repeat(call: Call, count: number) {
  for (let index = 0; index < count; index++) await call();
}

async function inTurn(baseUrl: string, fetch: typeof stub | undefined, measure: (call: Call) => Promise<number>) {
  const calls: [string, Call][] = [];
  for (const name of names) calls.push([name, (await load(name))(baseUrl, fetch)]);
  for (const [, call] of calls) await repeat(call, times); // Until the compiler has seen enough.
  const samples = Object.fromEntries(names.map((name): [string, number[]] => [name, []]));
  for (let round = 0; round < Number(rounds); round++) {
    calls.sort(() => Math.random() - 0.5); // Nobody is always after the same one.
    for (const [name, call] of calls) samples[name]?.push(await measure(call));
  }
  return samples;
}

/** Microseconds of the processor for a call. Garbage is not collected between: after that, a call takes three times as long. */
const cpu = () =>
  inTurn("http://127.0.0.1:9", stub, async (call) => {
    const before = process.cpuUsage();
    await repeat(call, times);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / times;
  });

/** Calls per second, so many of them in flight. */
const rate = (baseUrl = "", inFlight = "1") =>
  inTurn(baseUrl, undefined, async (call) => {
    const start = performance.now();
    await Promise.all(Array.from({ length: Number(inFlight) }, () => repeat(call, times / Number(inFlight))));
    return (times / (performance.now() - start)) * 1000;
  });

async function heap() {
  for (let time = 0; time < 3; time++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    gc();
  }
  return process.memoryUsage().heapUsed;
}

/** Bytes that are still held after so many calls, and after so many clients that are used once and dropped, for each of these. */
async function memory() {
  const connect = await load(clients);
  const call = connect("http://127.0.0.1:9", stub);
  const newClients = async (count: number) => {
    for (let index = 0; index < count; index++) await connect("http://127.0.0.1:9", stub)();
  };
  await repeat(call, times);
  await newClients(times / 2);
  const before = await heap();
  await repeat(call, times);
  const after = await heap();
  await newClients(times / 2);
  return { calls: after - before, client: ((await heap()) - after) / (times / 2) };
}

/** Where the processor's time goes: the share of each part of the program. */
async function profile() {
  const call = (await load(clients))("http://127.0.0.1:9", stub);
  await repeat(call, times / 4);
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  await repeat(call, times);
  const { nodes, samples = [] } = (await session.post("Profiler.stop")).profile;
  const partOf = new Map(nodes.map(({ id, callFrame: { url, functionName } }) => [id, part(url, functionName)]));
  const shares: Record<string, number> = {};
  const busy = samples.map((id) => partOf.get(id)).filter((name) => name !== undefined);
  for (const name of busy) shares[name] = (shares[name] ?? 0) + 1 / busy.length;
  return shares;
}

function part(url: string, functionName: string): string | undefined {
  if (functionName === "(idle)") return undefined;
  if (functionName === "(garbage collector)") return "garbage collection";
  const name = /\/node_modules\/(konpro-client|openapi-fetch)\//.exec(url)?.[1];
  return name ?? (url.includes("undici") ? "Request, Response, Headers" : "the rest of Node, V8 and this script");
}

const MODES: Record<string, (...rest: string[]) => Promise<object>> = { cpu, rate, memory, profile };
console.log(JSON.stringify(await MODES[mode]?.(...rest)));
