import { test } from "vitest";
import { here, run } from "./projects.js";

test("everything here compiles against the types of the installed package", async () => {
  await run(here, {}, "../typescript/bin/tsc");
});
