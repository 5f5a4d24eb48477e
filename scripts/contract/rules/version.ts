// One version of OpenAPI: what else there is to say of another one only follows from that.
import type { Rule, Rules } from "./rule.js";

/** Swagger 2, which Redocly reads by other rules. */
export const swagger: NonNullable<Rules["oas2"]>[string] = () => ({
  Root(_, { location, report }) {
    report({ message: "Swagger 2: convert it to OpenAPI 3.1 first.", location: location.child("swagger") });
  },
});

export const version: Rule = () => ({
  Root({ openapi }, { location, report }) {
    if (openapi.startsWith("3.1")) return;
    report({ message: `OpenAPI ${openapi}: convert it to 3.1 first.`, location: location.child("openapi") });
  },
});
