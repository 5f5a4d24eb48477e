// Node, Deno and Bun: the package by `import`.
import * as client from "konpro-client";
import * as testing from "konpro-client/testing";
import * as validation from "konpro-client/validation";
import { conformance } from "./conformance.js";

const checks = await conformance({ ...client, ...testing, ...validation }, JSON.parse(process.argv[2]));
console.log(JSON.stringify({ loaded: import.meta.resolve("konpro-client"), checks }));
