import { join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { expect, test } from "vitest";
import { KEY, SECRET, startApi } from "./api.js";
import { here } from "./projects.js";

test("a worker lists with the key that is bound to it", async () => {
  await using api = await startApi();
  const entryPoints = [join(here, "programs/worker.ts")];
  const conditions = ["workerd", "worker", "browser"]; // as wrangler has them
  const { outputFiles } = await build({ entryPoints, bundle: true, format: "esm", conditions, write: false });
  const script = outputFiles[0]?.text ?? "";
  const worker = new Miniflare({ modules: true, script, compatibilityDate: "2026-01-01", bindings: api.env });
  try {
    const answer = await (await worker.dispatchFetch("http://worker/")).text();
    expect(answer).toContain(`"username":"${KEY}"`);
    expect(answer).not.toContain(SECRET);

    api.status = 401;
    expect((await worker.dispatchFetch("http://worker/")).status).toBe(502);
  } finally {
    await worker.dispose();
  }
});
