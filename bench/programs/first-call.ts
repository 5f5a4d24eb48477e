// A fresh process: imports a client, and calls once; where a second server is named, calls that one, too.
import { load } from "./answer.js";

const [client = "", baseUrl = "", secondUrl] = process.argv.slice(2);

const start = performance.now();
const before = process.cpuUsage();
const connect = await load(client);
const { user, system } = process.cpuUsage(before);
await connect(baseUrl)();
const first = performance.now() - start;

const begin = performance.now();
const endpoints = secondUrl ? (await connect(secondUrl)()).length : 0;
const second = performance.now() - begin;
const mb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ import: (user + system) / 1000, first, second, mb, endpoints }));
