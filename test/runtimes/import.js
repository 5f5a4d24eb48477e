// Node, Deno and Bun: the package by `import`.
import * as konpro from "konpro-client";
import { conformance } from "./conformance.js";

console.log(JSON.stringify(await conformance(konpro, JSON.parse(process.argv[2]))));
