import { expect, test } from "vitest";
import { responseKey } from "../../src/responses.js";

test.each<[string[], number, string | undefined]>([
  [["200", "2XX", "default"], 200, "200"],
  [["200", "2XX", "default"], 299, "2XX"],
  [["200", "default"], 201, undefined],
  [["200", "default"], 399, undefined],
  [["200", "default"], 400, "default"],
  [["404", "default"], 201, "default"],
  [["404"], 400, undefined],
])("of %j, %i falls under %s", (declared, status, key) => {
  expect(responseKey(Object.fromEntries(declared.map((name) => [name, {}])), status)).toBe(key);
});
