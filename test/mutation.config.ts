// For the mutation tests: most mutants are found by any of the tests, so the quickest files go first.
import { mergeConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import config from "../vitest.config.js";

class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).reverse();
  }
}

export default mergeConfig(config, { test: { sequence: { sequencer: QuickestFirst } } });
