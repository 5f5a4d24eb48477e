// What the API can answer.
import { BODYLESS, isSuccess } from "../../../src/declared.js";
import { isWildcard, preferredType, readerOf } from "../document.js";
import { follow, operationsOf, pathsOf, type Rule, refuseWith } from "./rule.js";

export const responses: Rule = () => ({
  Root(root, context) {
    const refuse = refuseWith(context);
    for (const { operation, at } of pathsOf(root, context).flatMap(operationsOf)) {
      const declared = operation.responses ?? {};
      let first: string | undefined;
      for (const [status, response] of Object.entries(declared)) {
        if (!isSuccess(declared, status) || BODYLESS.includes(Number(status)) || !response) continue;
        const found = follow(response, at.child(["responses", status]), context);
        const type = preferredType(Object.keys(found?.value.content ?? {}));
        if (!found || type === undefined) continue;
        const place = found.at.child(["content", type]).key();
        const reader = readerOf(type);
        first ??= reader;
        if (isWildcard(type)) {
          refuse(place, `How ${type} is read is open: name the media type of the answer.`);
        } else if (reader !== first) {
          refuse(place, `This success would be read as ${reader}, another one as ${first}: describe one kind.`);
        }
      }
    }
  },
  Responses(declared, context) {
    const refuse = refuseWith(context);
    for (const status of Object.keys(declared)) {
      const at = context.location.child([status]).key();
      if (status.startsWith("x-")) {
        refuse(at, "Extensions among the responses are not supported: put it beside `responses`.");
      }
      if (/^\dxx$/.test(status)) refuse(at, `A range of statuses is written in capitals: "${status.toUpperCase()}".`);
    }
  },
});
