// What the tarball holds: links that lead somewhere, and the licences of what others wrote.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { build } from "tsdown";
import { expect, onTestFinished, test } from "vitest";

const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { encoding: "utf8" });
const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(packed);
const paths = files.map(({ path }) => path);

test.each(paths.filter((path) => path.endsWith(".md")))(
  "each relative link in %s leads to a file of the package",
  (path) => {
    const links = [...readFileSync(path, "utf8").matchAll(/\]\(([^)\s]+)\)|\b(?:href|src|srcset)="([^"\s]+)"/g)]
      .map(([, link, attribute]) => link ?? attribute ?? "")
      .filter((link) => !/^([a-z]+:|#)/.test(link));
    const targets = links.map((link) => posix.join(posix.dirname(path), link.replace(/#.*/, "")));
    expect(targets.filter((target) => !paths.includes(target))).toEqual([]);
  },
);

/** The packages whose code is in what the bundler makes, and those whose types are. */
async function bundledPackages(): Promise<Set<string>> {
  const outDir = await mkdtemp(join(tmpdir(), "bundled-"));
  onTestFinished(() => rm(outDir, { recursive: true }));
  const modules = new Set<string>();
  const plugins = [
    {
      name: "list-modules",
      generateBundle(_: unknown, bundle: Record<string, { modules?: object }>) {
        for (const { modules: own = {} } of Object.values(bundle)) for (const id of Object.keys(own)) modules.add(id);
      },
    },
  ];
  await build({ outDir, plugins, clean: false, logLevel: "silent" });
  const names = [...modules].flatMap((id) => {
    if (id.startsWith("\0rolldown/")) return "rolldown";
    return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? [];
  });
  // The validators are its output, which repeats its own code.
  if ([...modules].some((id) => id.endsWith("generated/validators.js"))) names.push("ajv");
  return new Set(names);
}

test("the notices have the licence of each package that is bundled, and of no other", async () => {
  const notices = readFileSync("THIRD-PARTY-NOTICES.md", "utf8");
  const bundled = [...(await bundledPackages())].sort();
  expect([...notices.matchAll(/^## (.*)/gm)].map(([, name]) => name)).toEqual(bundled);
  for (const name of bundled) expect(notices).toContain(readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim());
});
