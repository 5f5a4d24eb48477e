import { execFile } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const redocly = (...args: string[]) =>
  promisify(execFile)(process.execPath, ["node_modules/@redocly/cli/bin/cli.js", ...args], {
    env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });

const fixtures = ["test/fixtures/orders.yaml"];

test("the linter has nothing to say about orders.yaml", () => redocly("lint", "test/fixtures/orders.yaml"));

test.each(fixtures)("the docs of %s build", async (spec) => {
  const page = join(await mkdtemp(join(tmpdir(), "docs-")), "index.html");
  await redocly("build-docs", spec, "--output", page);
  const html = await readFile(page, "utf8");
  for (const [, id] of (await readFile(spec, "utf8")).matchAll(/operationId: (\w+)/g)) expect(html).toContain(id);
});
