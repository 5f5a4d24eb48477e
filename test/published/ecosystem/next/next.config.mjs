import { join } from "node:path";

// test/published, where the tools are installed.
const root = join(import.meta.dirname, "../../../..");

/** @type {import("next").NextConfig} */
export default { outputFileTracingRoot: root, turbopack: { root } };
