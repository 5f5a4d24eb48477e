import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { main as generate } from "../../scripts/generate.js";

/** Makes a client in a folder from any description, as ours is made from openapi.yaml: `generated/`, and a copy of `src/` beside it. */
export async function generateClient(spec: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  if ((await generate(["--spec", spec, "--out", `${folder}/generated`])) !== 0) throw new Error(`${spec} is refused`);
  await cp("src", `${folder}/src`, { recursive: true });
}

/** A client of paths that a test makes up, and the description that it was made from. */
export async function clientOf(name: string, paths: object, schemas: object = {}) {
  const [spec, folder] = [`.cache/${name}.json`, `.cache/${name}`];
  const head = {
    openapi: "3.1.0",
    info: { title: "Made up", version: "1.0.0" },
    servers: [{ url: "https://api.example" }],
  };
  await mkdir(folder, { recursive: true });
  await writeFile(spec, JSON.stringify({ ...head, paths, components: { schemas } }));
  await generateClient(spec, folder);
  return { spec, ...(await loadClient(folder)) };
}

/** What such a client exports. The compiler does not know its operations: call them by `Reflect.get`. */
export async function loadClient(folder: string) {
  const load = (file: string) => import(pathToFileURL(resolve(folder, file)).href);
  const { createKonProClient }: typeof import("../../src/client.js") = await load("src/client.ts");
  const { createMockApi }: typeof import("../../src/testing.js") = await load("src/testing.ts");
  const { validateResponses }: typeof import("../../src/validation.js") = await load("src/validation.ts");
  const { findViolation }: typeof import("../../src/check-response.js") = await load("src/check-response.ts");
  const { operations }: typeof import("../../generated/operations.js") = await load("generated/operations.ts");
  const { examples }: typeof import("../../generated/examples.js") = await load("generated/examples.ts");
  return { createKonProClient, createMockApi, validateResponses, findViolation, operations, examples };
}
