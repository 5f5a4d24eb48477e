// The lockfile of test/published → docs/project/tested-versions.md: what the packed package is tested with, and in which versions.
import { readFileSync, writeFileSync } from "node:fs";

interface Lock {
  packages: Record<string, { name?: string; version?: string; dependencies?: object; devDependencies?: object }>;
}

/** The direct dependencies of the folder, with their locked versions. */
const versions = new Map<string, Set<string>>();
const { packages }: Lock = JSON.parse(readFileSync("test/published/package-lock.json", "utf8"));
for (const asked of Object.keys({ ...packages[""]?.dependencies, ...packages[""]?.devDependencies })) {
  const { name = asked, version = "" } = packages[`node_modules/${asked}`] ?? {};
  if (!name.startsWith("@types/")) versions.set(name, (versions.get(name) ?? new Set()).add(version));
}

const rows = [...versions]
  .sort(([one], [other]) => one.localeCompare(other))
  .map(([name, all]) => {
    const sorted = [...all].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
    return `| ${name} | ${sorted.join(", ")} |\n`;
  });

writeFileSync(
  "docs/project/tested-versions.md",
  `---
description: The runtimes, compilers, frameworks and tools that the package is tested with, and their versions.
---

# Tested versions

The project's tests pack the package, install it together with these packages and run programs. The versions are those of the tests' lock
file when these pages were built.

| Package | Versions |
| --- | --- |
${rows.join("")}`,
);
