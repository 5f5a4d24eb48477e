// Other lockfiles above this folder are not its own.
const here = import.meta.dirname;

/** @type {import("next").NextConfig} */
export default { outputFileTracingRoot: here, turbopack: { root: here } };
