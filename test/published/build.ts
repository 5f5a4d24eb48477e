// Builds the package that these tests pack and install.
import { npm } from "./package/install.js";

/** An environment variable of the test process, which every project's setup can read. */
const BUILT = "KONPRO_CLIENT_BUILT";

/** Runs once for all projects, before the first test. */
export default function build(): void {
  if (process.env[BUILT]) return;
  npm(".", "run", "-s", "build");
  process.env[BUILT] = "1";
}
