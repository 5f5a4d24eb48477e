// Starts the bundled worker in workerd and sends it a request to run the program.
import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";

const [config, path] = process.argv.slice(2);
const script = readFileSync(path, "utf8");
const miniflare = new Miniflare({ script, modules: true, compatibilityDate: "2026-01-01" });
const response = await miniflare.dispatchFetch("http://worker/", { method: "POST", body: config });
console.log(await response.text());
await miniflare.dispose();
