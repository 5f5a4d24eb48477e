import { main as generate } from "../../scripts/generate.js";

/** Makes `generated/` of the contract that the unit tests run on. */
export default async function setup(): Promise<void> {
  const code = await generate(["--spec", "test/support/things.yaml", "--out", ".cache/things/generated"]);
  if (code !== 0) throw new Error("test/support/things.yaml is refused");
}
