import { expect, test } from "vitest";
import { SECRET, startApi } from "./api.js";

test("a rejected key is a failure of ours, not of our client", async () => {
  await using api = await startApi();
  Object.assign(process.env, api.env);
  const { app } = await import("./programs/fastify.js");
  const response = await app.inject("/endpoints");
  expect(response.body).toContain('"enabled"');
  expect(response.body).not.toContain(SECRET);

  api.status = 401;
  const failure = await app.inject("/endpoints");
  expect(failure.statusCode).toBe(502);
  expect(failure.json()).toEqual({ message: "The KonPro request failed" });
  await app.close();
});
