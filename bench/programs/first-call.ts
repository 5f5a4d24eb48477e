// A fresh process: imports a client and calls once; where a second address is named, calls that too, for the memory that it takes.
import { load } from "./answer.js";

const [client = "", baseUrl = "", secondUrl] = process.argv.slice(2);

const before = process.cpuUsage();
const connectTo = await load(client);
const imported = process.cpuUsage(before);
await connectTo(baseUrl)();
const called = process.cpuUsage(before);
if (secondUrl) await connectTo(secondUrl)();
const ms = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
console.log(JSON.stringify({ import: ms(imported), first: ms(called), mb: process.resourceUsage().maxRSS / 1024 }));
