import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { beforeEach } from "vitest";
import { main } from "../../scripts/generate.js";
import { runMain } from "./run-main.js";

/** The four lines before the paths of a description. */
export const HEAD =
  "openapi: 3.1.0\ninfo: { title: T, version: 1.0.0 }\nservers: [{ url: https://api.example }]\npaths:\n";

export const OK = 'responses: { "204": { description: Done. } }';

/** Runs the generator in a new folder for each test: `spec.yaml` becomes `out/`. */
export function generatorForEachTest() {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "generate-"));
  });
  return {
    path: (name: string) => join(folder, name),
    files: () => readdir(folder),
    write: (name: string, text: string) => writeFile(join(folder, name), text),
    generated: (name: string) => readFile(join(folder, "out", name), "utf8"),
    /** Generates from a description; returns the exit code and the output, with paths relative to the folder. */
    async generate(text: string, ...flags: string[]) {
      const spec = join(folder, "spec.yaml");
      await writeFile(spec, text);
      const { code, stdout, stderr } = await runMain(main, "--spec", spec, "--out", join(folder, "out"), ...flags);
      const printed = (stdout + stderr).replaceAll(`${relative("", folder)}/`, "");
      return { code, text: printed.replaceAll(`${folder}/`, "") };
    },
  };
}
