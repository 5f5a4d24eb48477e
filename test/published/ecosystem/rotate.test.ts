import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../package/install.js";
import { startApi } from "./api.js";

test("a key that is replaced between two attempts is used by the second", async () => {
  await using api = await startApi();
  const file = join(temporaryFolder(), "key");
  Object.assign(process.env, api.env, { KONPRO_API_KEY: "", KONPRO_API_KEY_FILE: file });
  writeFileSync(file, "the-first-key\n");
  const { konpro } = await import("./programs/rotate.js");
  api.next.push(503);
  await konpro.listWebhookEndpoints({ onAttempt: () => writeFileSync(file, "the-second-key\n") });
  expect(api.requests).toMatchObject([{ key: "the-first-key" }, { key: "the-second-key" }]);
});
