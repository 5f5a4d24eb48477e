// The parts of scripts/contract/ that the site's pages use.
export { bodyOf, examplesOf, locate, type Place, parametersOf, responsesOf } from "../contract/document.js";
export { ContractError } from "../contract/problem.js";
export { type Contract, type ContractOperation, readContract } from "../contract/read.js";
