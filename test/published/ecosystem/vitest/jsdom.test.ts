// @vitest-environment jsdom
import { createKonProClient } from "konpro-client";
import { expect, test } from "vitest";

test("jsdom is named by the error of a client that is not allowed there", () => {
  expect(() => createKonProClient({ apiKey: "test-key" })).toThrow(
    /jsdom.*dangerouslyAllowBrowser/,
  );
});
