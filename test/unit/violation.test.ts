// What is told of Ajv's errors, by checks as the generator makes them: they stop at the first error.
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { violationOf } from "../../src/violation.js";

const ajv = new Ajv2020({ strict: false });

const text = { type: "string" };
const thing = { type: "object", required: ["name"], properties: { name: text, "a/b~": text } };
const other = { type: "object", required: ["kind"], not: { properties: { kind: { const: "a" } } } };
const variants = {
  anyOf: [
    { type: "object", required: ["kind"], properties: { kind: { const: "a" }, data: thing } },
    { ...other, properties: { kind: text, data: { type: "object" } } },
  ],
};

test.each<[object, unknown, string | undefined]>([
  [thing, { name: "" }, undefined],
  [thing, {}, "/name is missing"],
  [{ ...thing, required: ["a/b~"] }, {}, "/a~1b~0 is missing"],
  [thing, { name: "", "a/b~": 1 }, "/a~1b~0 must be string"],
  [{ ...thing, additionalProperties: false }, { name: "", "x/y": 1 }, "/x~1y is not in the contract"],
  [{ enum: ["on", "off"] }, "of", ' must be one of "on", "off"'],
  [{ enum: [1] }, 2, " must be 1"],
  [{ const: "on" }, "of", ' must be "on"'],
  [{ type: "array", items: thing }, [{ name: "" }, 1, 2], "/1 must be object"],
  [{ anyOf: [thing, { type: "null" }] }, 1, " must be object or must be null"],
  [{ oneOf: [{ type: "null" }, thing] }, { name: 1 }, "/name must be string"],
  [variants, {}, "/kind is missing"],
  [variants, { kind: 1 }, "/kind must be string"],
  [variants, { kind: "a", data: {} }, "/data/name is missing"],
  [variants, { kind: "a", data: 1 }, "/data must be object"],
  [variants, { kind: "b", data: 1 }, "/data must be object"],
])("%j, %j: %s", (schema, value, expected) => {
  const check = ajv.compile(schema);
  check(value);
  const violation = violationOf(check as Parameters<typeof violationOf>[0]); // Ajv's message may be absent by its type
  expect(violation && `${violation.pointer} ${violation.message}`).toBe(expected);
});
