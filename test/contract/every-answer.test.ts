import { createKonProClient } from "konpro-client";
import { inject } from "vitest";
import { readContract } from "../../scripts/contract/read.js";
import { testEveryAnswer } from "./every-answer.js";

const contract = await readContract("openapi.yaml");
const konpro = createKonProClient({ apiKey: "test-key-0000", baseUrl: inject("mock") });

testEveryAnswer(contract, () => konpro);
