import type { TestProject } from "vitest/node";
import { startPrism } from "../../scripts/mock.js";

declare module "vitest" {
  interface ProvidedContext {
    /** Where Prism answers from the contract's examples. */
    mock: string;
    /** Where it answers with random bodies that fit the schemas. */
    dynamicMock: string;
  }
}

/** Prism in this process, started once for all contract tests and closed with them. */
export default async function setup({ provide }: TestProject) {
  const mocks = await Promise.all([startPrism("openapi.yaml"), startPrism("openapi.yaml", { dynamic: true })]);
  const [mock, dynamicMock] = mocks;
  provide("mock", mock.url);
  provide("dynamicMock", dynamicMock.url);
  return () => Promise.all(mocks.map(({ close }) => close()));
}
