// The outcomes in a plain process.
const { outcomes } = require("./outcomes.cjs");

import("konpro-client")
  .then(outcomes)
  .then((ends) => console.log(JSON.stringify(ends)));
