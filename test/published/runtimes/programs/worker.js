// A bundled worker that runs the program for each request.
import * as client from "konpro-client";
import * as testing from "konpro-client/testing";
import * as validation from "konpro-client/validation";
import { conformance } from "./conformance.js";

export default {
  fetch: async (request) =>
    Response.json(await conformance({ ...client, ...testing, ...validation }, await request.json())),
};
