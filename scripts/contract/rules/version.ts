// OpenAPI 3.1 only. For other versions this is the one problem to report: the rest follows from it.
import type { Rule, Rules } from "./rule.js";

/** Swagger 2, for which Redocly has a separate set of rules. */
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
