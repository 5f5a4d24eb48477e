import { expect, test } from "vitest";
import { versionAfter } from "../../../scripts/release/bumps.js";

test.each([
  ["0.1.4", "breaking", "0.2.0"],
  ["0.1.4", "additive", "0.1.5"],
  ["0.1.4", "documentation", "0.1.5"],
  ["1.2.3", "breaking", "2.0.0"],
  ["1.2.3", "additive", "1.3.0"],
  ["1.2.3", "documentation", "1.2.4"],
  ["10.0.0", "breaking", "11.0.0"],
  ["1.2.3", undefined, "1.2.3"],
  ["next", "breaking", null],
] as const)("%s and a %s change: %s", (version, kind, next) => {
  expect(versionAfter(version, kind)).toBe(next);
});
