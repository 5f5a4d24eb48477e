import { test } from "vitest";
import { here, run } from "./projects.js";

test("all programs compile against the installed package's types", async () => {
  await run(here, {}, "../typescript/bin/tsc");
});
