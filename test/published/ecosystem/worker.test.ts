import { join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { expect, test } from "vitest";
import { KEY, SECRET, startApi } from "./api.js";
import { here } from "./projects.js";

test("a worker lists with the key from its bindings", async () => {
  await using api = await startApi();
  const entryPoints = [join(here, "programs/worker.ts")];
  const conditions = ["workerd", "worker", "browser"]; // as in wrangler
  const { outputFiles } = await build({ entryPoints, bundle: true, format: "esm", conditions, write: false });
  const script = outputFiles[0]?.text ?? "";
  const worker = new Miniflare({ modules: true, script, compatibilityDate: "2026-01-01", bindings: api.env });
  try {
    const body = await (await worker.dispatchFetch("http://worker/")).text();
    expect(body).toContain(`"username":"${KEY}"`);
    expect(body).not.toContain(SECRET);

    api.status = 401;
    expect((await worker.dispatchFetch("http://worker/")).status).toBe(502);
  } finally {
    await worker.dispose();
  }
});
