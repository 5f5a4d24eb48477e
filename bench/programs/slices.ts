// One client, for as long as it is asked: makes so many calls, and replies what one of them took.
import { connector } from "./answer.js";

const [client = "", url = ""] = process.argv.slice(2);
const call = (await connector(client, url))();

async function repeat(count: number) {
  for (let index = 0; index < count; index++) await call();
}

process.on("message", async (slice) => {
  const { calls, inFlight } = Object(slice);
  const start = performance.now();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: inFlight }, () => repeat(calls / inFlight)));
  const { user, system } = process.cpuUsage(before);
  const ms = (performance.now() - start) / calls;
  process.send?.({ cpu: (user + system) / calls, ms, rate: 1000 / ms });
});
