import { connectTo } from "./client.js";

/** A program that makes one call and prints how it ended, how many timers are left, and how long the process lives on. */
const [baseUrl = "", options = "{}", abortAfter] = process.argv.slice(2);
const controller = new AbortController();
if (abortAfter) setTimeout(() => controller.abort(new Error("enough")), Number(abortAfter));
const { GET } = connectTo(baseUrl, { signal: controller.signal });
const ended = await GET(JSON.parse(options)).then(
  () => "fine",
  (error: Error) => `${error.name}: ${error.message}`,
);
const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
const since = performance.now();
process.on("exit", () => console.log(JSON.stringify({ ended, timers, lingered: performance.now() - since })));
