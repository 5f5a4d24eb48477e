// @vitest-environment jsdom
import { createKonProClient } from "konpro-client";
import { expect, test } from "vitest";

test("the error of a client that is not allowed in jsdom names jsdom", () => {
  expect(() => createKonProClient({ apiKey: "test-key" })).toThrow(
    /jsdom.*dangerouslyAllowBrowser/,
  );
});
