import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";

const COMMAND = ["--import", "jiti/register", "scripts/mock.ts"];

test("the call that the mock suggests gets the answer that it asks for", async () => {
  const mock = spawn(process.execPath, [...COMMAND, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  let call = "";
  for await (const line of createInterface(mock.stdout)) {
    call = line;
    if (call.includes("curl")) break;
  }
  const [, method = "", url = ""] = /curl -X (\S+) .* (http\S+)$/.exec(call) ?? [];
  const headers = [...call.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(([, name = "", value = ""]) => [name, value]);
  const { status } = await fetch(url, { method, headers: Object.fromEntries(headers) });
  mock.kill();
  await once(mock, "exit");
  expect(call).toContain(`"Prefer: code=${status}"`);
  expect(status).toBeGreaterThanOrEqual(400);
});
