// The script of a browser page, bundled.
import * as client from "konpro-client";
import * as testing from "konpro-client/testing";
import * as validation from "konpro-client/validation";
import { conformance } from "./conformance.js";

globalThis.conformance = (config) => conformance({ ...client, ...testing, ...validation }, config);
