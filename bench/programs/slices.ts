// Runs one client: for each message, makes that many calls and replies with the cost of one.
import { connector } from "./connect.js";

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
