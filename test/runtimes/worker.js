// A worker, bundled, that runs the program when it is asked to.
import * as konpro from "konpro-client";
import { conformance } from "./conformance.js";

export default {
  fetch: async (request) => Response.json(await conformance(konpro, await request.json())),
};
