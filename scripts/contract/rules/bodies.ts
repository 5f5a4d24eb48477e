// What a call can send as its body: JSON of one type, under its own name.
import { isJson, isWildcard } from "../document.js";
import { follow, operationsOf, pathsOf, type Rule, refuseWith } from "./rule.js";

export const bodies: Rule = () => ({
  Root(root, context) {
    const refuse = refuseWith(context);
    for (const { method, operation, at } of pathsOf(root, context).flatMap(operationsOf)) {
      if (!operation.requestBody) continue;
      const body = follow(operation.requestBody, at.child("requestBody"), context);
      if (["get", "head"].includes(method)) {
        const name = method.toUpperCase();
        refuse(at.child("requestBody").key(), `A ${name} cannot have a body: use parameters, or describe a POST.`);
        continue;
      }
      const types = Object.keys(body?.value.content ?? {});
      for (const type of types) {
        const place = body?.at.child(["content", type]).key();
        if (!place) continue;
        if (!isJson(type) || isWildcard(type)) {
          refuse(place, `A body of ${type} is not supported: describe JSON, or leave the operation out.`);
        } else if (type !== types.find(isJson)) {
          refuse(place, "One body has one JSON type, as the client sends one: remove this one or the other.");
        }
      }
    }
  },
});
