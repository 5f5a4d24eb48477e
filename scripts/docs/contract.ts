// What the site's pages are made from.
export { bodyOf, examplesOf, locate, type Place, parametersOf, responsesOf } from "../contract/document.js";
export { ContractError } from "../contract/problem.js";
export { type Contract, type ContractOperation, readContract } from "../contract/read.js";
