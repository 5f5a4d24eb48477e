import { expect, test } from "vitest";
import { KEY, startApi } from "./api.js";
import { copyProgram, run, serve } from "./projects.js";

/** The settings are those of `nest new`: 11 makes CommonJS and tests with ts-jest, 12 makes ES modules and tests with Vitest. */
const versions: Record<"nest/11" | "nest/12", { settings: string[]; command: [string, ...string[]] }> = {
  "nest/11": { settings: ["tsconfig.json", "tsconfig.build.json", "jest.config.json"], command: ["jest"] },
  "nest/12": { settings: ["tsconfig.json", "tsconfig.build.json", "vitest.config.ts"], command: ["vitest", "run"] },
};

test.each(["nest/11", "nest/12"] as const)("%s compiles, tests and serves an injected client", async (version) => {
  await using api = await startApi();
  const { settings, command } = versions[version];
  const own = settings.map((name) => `${version}/${name}`);
  const folder = copyProgram(version, "nest/src", "nest/nest-cli.json", ...own);
  await run(folder, {}, "nest", "build");
  expect(await run(folder, {}, ...command)).toMatch(/Tests:? +1 passed/);

  await using server = await serve(folder, api.env, "node", "dist/main.js");
  const answer = await fetch(`${server.url}/endpoints`);
  expect(await answer.json()).toEqual([KEY]);
});
