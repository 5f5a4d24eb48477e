import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../repository.js";

test("release:version takes the version and the changelog from the changesets", () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync("package.json", "utf8"));
  const { directory, write, changeset } = repository({
    "CHANGELOG.md": "# Changelog\n\n## 1.0.0\n\nThe first.\n",
    "package.json": JSON.stringify({
      name: "fixture",
      version: "1.0.0",
      scripts: { "release:version": scripts["release:version"] },
    }),
  });
  const release = () => execFileSync("npm", ["run", "-s", "release:version"], { cwd: directory, stdio: "pipe" });
  const read = (file: string) => readFileSync(join(directory, file), "utf8");

  changeset("minor");
  write(".changeset/two.md", '---\n"fixture": patch\n---\n\nA detail.\n');
  release();

  expect(JSON.parse(read("package.json"))).toMatchObject({ version: "1.1.0" });
  expect(JSON.parse(read("package-lock.json"))).toMatchObject({ version: "1.1.0" });
  expect(read("CHANGELOG.md")).toMatch(
    /^# Changelog\n\n## 1\.1\.0\n\n### Minor Changes\n\n- .*What changed\.\n\n### Patch Changes\n\n- .*A detail\.\n\n## 1\.0\.0\n/,
  );

  // Without changesets, as before the first release, the version does not change.
  release();
  expect(JSON.parse(read("package.json"))).toMatchObject({ version: "1.1.0" });
});
