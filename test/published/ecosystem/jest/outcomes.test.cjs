const { outcomes } = require("../programs/outcomes.cjs");

test("calls end as in a plain process", async () => {
  expect(await outcomes(require("konpro-client"))).toEqual(
    JSON.parse(process.env.PLAIN),
  );
});
