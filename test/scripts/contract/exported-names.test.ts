import { expect, test } from "vitest";
import { exportedNames } from "../../../scripts/contract/rules/names.js";

test("lists the names that a module exports, and rejects other code", () => {
  const lines = [
    'export type * from "./a.js";',
    'export type { A, B } from "./b.js";',
    'export {\n  c,\n  type D,\n  e as F,\n} from "./c.js";',
  ];
  expect(exportedNames(lines.join("\n"))).toEqual(["A", "B", "c", "D", "F"]);
  expect(() => exportedNames(`${lines[0]}\nexport const x = 1;`)).toThrow("export const x");
});
