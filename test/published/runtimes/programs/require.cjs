// Node, Deno and Bun: the package by `require`.
const konpro = {
  ...require("konpro-client"),
  ...require("konpro-client/testing"),
  ...require("konpro-client/validation"),
};

import("./conformance.js")
  .then(({ conformance }) => conformance(konpro, JSON.parse(process.argv[2])))
  .then((checks) => console.log(JSON.stringify({ loaded: require.resolve("konpro-client"), checks })));
