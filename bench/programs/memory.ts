// Bytes that one call of many leaves behind, and one of as many clients that are used once and dropped.
import { connector } from "./answer.js";

const [client = "", count = "1"] = process.argv.slice(2);
const times = Number(count);
const gc = globalThis.gc ?? (() => {});

async function heap() {
  for (let time = 0; time < 3; time++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    gc();
  }
  return process.memoryUsage().heapUsed;
}

/** The median of several times: now and then, the platform frees a table of its own at once. */
async function left(act: () => Promise<unknown>): Promise<number> {
  const growths: number[] = [];
  for (let before = await heap(); growths.length < 7; ) {
    for (let time = 0; time < times; time++) await act();
    const after = await heap();
    growths.push((after - before) / times);
    before = after;
  }
  return growths.sort((a, b) => a - b)[3] ?? Number.NaN;
}

const connect = await connector(client);
const call = connect();
console.log(JSON.stringify({ "heap, call": await left(call), "heap, client": await left(() => connect()()) }));
