import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { KEY, SECRET, startApi } from "./api.js";

test("a rejected key is a failure of ours, not of our client", async () => {
  await using api = await startApi();
  Object.assign(process.env, api.env);
  const { app } = await import("./programs/express.js");
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a string only for a pipe
  const load = () => fetch(`http://127.0.0.1:${port}/endpoints`);
  const log = vi.spyOn(console, "error").mockReturnValue();
  try {
    const body = await (await load()).text();
    expect(body).toContain('"enabled"');
    expect(body).not.toContain(SECRET);

    api.status = 401;
    const failure = await load();
    expect(failure.status).toBe(502);
    expect(await failure.json()).toEqual({ message: "The KonPro request failed" });
    expect(log).toHaveBeenCalledWith(expect.stringContaining("401"));
    expect(`${log.mock.calls}`).not.toContain(KEY);
  } finally {
    server.close();
    log.mockRestore();
  }
});
