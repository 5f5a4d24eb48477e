import { cp, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { main as generate } from "../../scripts/generate.js";

/** Makes a client in a folder from any description, as ours is made from openapi.yaml: `generated/`, and a copy of `src/` beside it. */
export async function generateClient(spec: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  if ((await generate(["--spec", spec, "--out", `${folder}/generated`])) !== 0) throw new Error(`${spec} is refused`);
  await cp("src", `${folder}/src`, { recursive: true });
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
