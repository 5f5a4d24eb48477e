// Builds what the tests of the published package pack and install.
import { npm } from "./package/install.js";

/** Set in the process that runs the tests, where each project's setup finds it. */
const BUILT = "KONPRO_CLIENT_BUILT";

/** Once for all projects of a run, before the first test. */
export default function build(): void {
  if (process.env[BUILT]) return;
  npm(".", "run", "-s", "build");
  process.env[BUILT] = "1";
}
