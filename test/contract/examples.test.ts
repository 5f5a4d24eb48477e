import { createKonProClient } from "konpro-client";
import { inject } from "vitest";
import { readContract } from "../../scripts/contract/read.js";
import { contractSuite } from "./suite.js";

const contract = await readContract("openapi.yaml");
const konpro = createKonProClient({ apiKey: "test-key-0000", baseUrl: inject("mock") });

contractSuite(contract, () => konpro);
