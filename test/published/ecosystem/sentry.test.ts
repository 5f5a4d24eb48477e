import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { listen } from "../../support/listen.js";
import { KEY, SECRET, startApi } from "./api.js";

test("a reported error describes the failure, without the key and the secret that the API echoes", async () => {
  await using api = await startApi();
  let reported = "";
  const sentry = createServer(async (request, response) => {
    reported += await text(request);
    response.end("{}");
  });
  const { host } = new URL(await listen(sentry));
  Object.assign(process.env, api.env, { SENTRY_DSN: `http://public@${host}/1` });
  api.status = 401;
  try {
    const { listAndReport } = await import("./programs/sentry.js");
    await listAndReport();
  } finally {
    sentry.close();
  }
  expect(reported).toContain('"type":"KonProApiError"');
  expect(reported).toContain('"status":401');
  expect(reported).not.toContain(KEY);
  expect(reported).not.toContain(SECRET);
});
