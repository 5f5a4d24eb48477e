// Empty successes on the unit tests' own contract; test/contract/bodies.test.ts has every way to declare one.
import { expect, test } from "vitest";
import { anyClient } from "../support/client.js";

const answering = (status: number) => anyClient({ fetch: async () => new Response(null, { status }) });
const params = { path: { id: "thing_1" } };
const MISSING = { name: "KonProResponseError" };

test("one that is declared without a body is a success; one that is declared with a body breaks the contract", async () => {
  expect(await answering(202).PUT("/things/{id}", { params })).toMatchObject({ response: { status: 202 } });
  await expect(answering(200).PUT("/things/{id}", { params })).rejects.toMatchObject(MISSING);
});

test("one of any status is a success where none has a body", async () => {
  expect(await answering(204).DELETE("/things/{id}", { params })).toMatchObject({ response: { status: 204 } });
  expect(await answering(200).DELETE("/things/{id}", { params })).toMatchObject({ response: { status: 200 } });
});

test("default is a success where no other one is declared", async () => {
  await expect(answering(200).GET("/ping")).rejects.toMatchObject(MISSING);
});

test("nothing is promised by a path that the contract does not have, to HEAD, or to who reads text", async () => {
  expect(await answering(200).GET("/elsewhere")).toMatchObject({ response: { status: 200 } });
  expect(await answering(200).HEAD("/things")).toMatchObject({ response: { status: 200 } });
  expect(await answering(200).GET("/things", { parseAs: "text" })).toMatchObject({ data: "" });
});
