import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = "docs/project/tested-versions.md";
if (!existsSync(page)) throw new Error("There are no pages yet: run npm run docs first.");
const rows = new Map(
  [...readFileSync(page, "utf8").matchAll(/^\| (\S+) \| (\d.*) \|$/gm)].map(([, name = "", versions = ""]) => [
    name,
    versions.split(", "),
  ]),
);

test("the page has what test/published pins, and in that version", () => {
  const { devDependencies } = JSON.parse(readFileSync("test/published/package.json", "utf8"));
  const pinned: [string, string][] = Object.entries(devDependencies);
  for (const [asked, pin] of pinned.filter(([name]) => !name.startsWith("@types/"))) {
    const [, name = asked, version] = /^(?:npm:(.+)@)?(.+)$/.exec(pin) ?? [];
    expect(rows.get(name), name).toContain(version);
  }
});
