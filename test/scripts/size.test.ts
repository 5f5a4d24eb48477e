import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { buildPackage } from "../../scripts/build.js";
import { main } from "../../scripts/size.js";

beforeAll(() => buildPackage());
afterEach(() => void vi.restoreAllMocks());

test("the size of a program with one call is compared with its limit", async () => {
  const log = vi.spyOn(console, "log").mockReturnValue();
  expect(await main(["--at-most", "100"])).toBe(1);
  const [, bytes = ""] = /one call: (\d+) bytes.*; at most 100 are allowed/.exec(`${log.mock.lastCall}`) ?? [];
  expect(await main(["--at-most", bytes])).toBe(0);
  expect(await main(["--at-most", `${Number(bytes) - 1}`])).toBe(1);
});
