// A browser's page, bundled.
import * as konpro from "konpro-client";
import { conformance } from "./conformance.js";

globalThis.conformance = (config) => conformance(konpro, config);
