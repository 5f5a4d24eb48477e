import { createServer } from "node:http";
import { expect, test, vi } from "vitest";
import { listen } from "../../support/listen.js";
import { KEY, SECRET, startApi } from "./api.js";

test("a rejected key is a failure of ours, not of our client", async () => {
  await using api = await startApi();
  Object.assign(process.env, api.env);
  const { app } = await import("./programs/express.js");
  const server = createServer(app);
  const url = `${await listen(server)}/endpoints`;
  const log = vi.spyOn(console, "error").mockReturnValue();
  try {
    const body = await (await fetch(url)).text();
    expect(body).toContain('"enabled"');
    expect(body).not.toContain(SECRET);

    api.status = 401;
    const failure = await fetch(url);
    expect(failure.status).toBe(502);
    expect(await failure.json()).toEqual({ message: "The KonPro request failed" });
    expect(log).toHaveBeenCalledWith(expect.stringContaining("401"));
    expect(`${log.mock.calls}`).not.toContain(KEY);
  } finally {
    server.close();
    log.mockRestore();
  }
});
