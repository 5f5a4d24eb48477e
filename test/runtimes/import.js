// Node, Deno and Bun: the package by `import`.
import * as client from "konpro-client";
import * as testing from "konpro-client/testing";
import * as validation from "konpro-client/validation";
import { conformance } from "./conformance.js";

console.log(JSON.stringify(await conformance({ ...client, ...testing, ...validation }, JSON.parse(process.argv[2]))));
