// The locks of the tests → docs/project/tested-versions.md: what the packed package runs with, and in which versions.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folders = ["test/published", "test/published/ecosystem/next/15"];

interface Lock {
  packages: Record<string, { name?: string; version?: string; dependencies?: object; devDependencies?: object }>;
}

/** What the folders ask for by name, each with the versions in their locks. */
const versions = new Map<string, Set<string>>();
for (const folder of folders) {
  const { packages }: Lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  for (const asked of Object.keys({ ...packages[""]?.dependencies, ...packages[""]?.devDependencies })) {
    const { name = asked, version = "" } = packages[`node_modules/${asked}`] ?? {};
    if (!name.startsWith("@types/")) versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
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
description: The runtimes, compilers, frameworks and tools that the package is tested with, each in its version.
---

# Tested versions

The project's tests pack the package, install it beside these and run programs with it. The versions are those of the tests' lock files
when these pages were built.

| Package | Versions |
| --- | --- |
${rows.join("")}`,
);
