import { expect, test } from "vitest";
import { KEY, SECRET, startApi } from "./api.js";

test("a logged error describes the failure, without the key and the secret that the API echoes", async () => {
  await using api = await startApi();
  Object.assign(process.env, api.env);
  api.status = 401;
  const { listAndLog } = await import("./programs/pino.js");
  let log = "";
  await listAndLog({
    write(line) {
      log += line;
    },
  });
  expect(JSON.parse(log)).toMatchObject({ msg: "not listed", err: { status: 401, code: "INVALID_API_KEY" } });
  expect(log).not.toContain(KEY);
  expect(log).not.toContain(SECRET);
});
