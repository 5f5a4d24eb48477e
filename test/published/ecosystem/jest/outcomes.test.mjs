import * as konpro from "konpro-client";
import { outcomes } from "../programs/outcomes.cjs";

test("calls end as in a plain process", async () => {
  expect(await outcomes(konpro)).toEqual(JSON.parse(process.env.PLAIN));
});
