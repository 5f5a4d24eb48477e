import { cp, readdir } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { startPrism } from "../../scripts/mock.js";
import { generateClient } from "../support/generated-client.js";

declare module "vitest" {
  interface ProvidedContext {
    fixtures: Fixture[];
  }
}

/** A description under test/fixtures, made into a client as openapi.yaml is. */
export interface Fixture {
  name: string;
  spec: string;
  /** Holds `generated/`, a copy of `src/` that uses it, and the user's file that comes with the fixture. */
  folder: string;
  /** Where Prism answers from the description. */
  mock: string;
}

export default async function setup({ provide }: TestProject) {
  const specs = (await readdir("test/fixtures")).filter((file) => file.endsWith(".yaml"));
  const mocks: { close(): Promise<void> }[] = [];
  const fixtures: Fixture[] = [];
  for (const file of specs) {
    const name = file.replace(".yaml", "");
    const spec = `test/fixtures/${file}`;
    const folder = `.cache/fixtures/${name}`;
    await generateClient(spec, folder);
    await cp(`test/fixtures/${name}.ts`, `${folder}/user.ts`);
    const mock = await startPrism(spec);
    mocks.push(mock);
    fixtures.push({ name, spec, folder, mock: mock.url });
  }
  provide("fixtures", fixtures);
  return () => Promise.all(mocks.map(({ close }) => close()));
}
