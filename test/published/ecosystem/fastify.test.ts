import { expect, test } from "vitest";
import { SECRET, startApi } from "./api.js";

test("a refused key is our failure, not our client's", async () => {
  await using api = await startApi();
  Object.assign(process.env, api.env);
  const { app } = await import("./programs/fastify.js");
  const answer = await app.inject("/endpoints");
  expect(answer.body).toContain('"enabled"');
  expect(answer.body).not.toContain(SECRET);

  api.status = 401;
  const failure = await app.inject("/endpoints");
  expect(failure.statusCode).toBe(502);
  expect(failure.json()).toEqual({ message: "The KonPro request failed" });
  await app.close();
});
