// Node: the package by `require`.
const konpro = {
  ...require("konpro-client"),
  ...require("konpro-client/testing"),
  ...require("konpro-client/validation"),
};

import("./conformance.js")
  .then(({ conformance }) => conformance(konpro, JSON.parse(process.argv[2])))
  .then((results) => console.log(JSON.stringify(results)));
