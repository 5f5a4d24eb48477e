import { connectTo } from "./calls.js";

/** A program that makes one call, as its arguments say, and prints how it ended, which timers are left then, and how long it lives on. */
const [baseUrl = "", options = "{}", abortAfter] = process.argv.slice(2);
const controller = new AbortController();
if (abortAfter) setTimeout(() => controller.abort(new Error("enough")), Number(abortAfter));
const middleware = { onResponse: () => Promise.reject(new Error("middleware failed")) };
const { failingMiddleware, ...init } = JSON.parse(options);
const { method } = connectTo(baseUrl, { signal: controller.signal });
const ended = await method({ ...init, middleware: failingMiddleware ? [middleware] : [] }).then(
  () => "fine",
  (error: Error) => `${error.name}: ${error.message}`,
);
const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
const since = performance.now();
process.on("exit", () => console.log(JSON.stringify({ ended, timers, lingered: performance.now() - since })));
