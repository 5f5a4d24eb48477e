// A fresh process: imports a client and calls once; prints the CPU time of both, in milliseconds.
import { load } from "./connect.js";

const [client = "", baseUrl = ""] = process.argv.slice(2);

const before = process.cpuUsage();
const connectTo = await load(client);
await connectTo(baseUrl)();
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ first: (user + system) / 1000 }));
