export default {
  bench: {
    input: "../openapi.yaml",
    output: {
      target: ".cache/orval.ts",
      client: "fetch",
      override: { mutator: { path: "clients/orval.ts", name: "send" } },
    },
  },
};
