// Requests and responses: which have a body, and that every response has an example.
import { children } from "../document.js";
import type { Rule } from "./rule.js";

const bodies: Rule = {
  of: "Operation",
  *check(node, { document }) {
    const { pointer, value } = node;
    const method = String(pointer.at(-1)).toUpperCase();
    if ("requestBody" in value && ["GET", "HEAD"].includes(method)) {
      yield [`A ${method} request cannot have a body. Use parameters, or POST.`, "requestBody"];
    }
    const responses = children(document, node, "responses");
    if (!responses.some(([status]) => status.startsWith("2"))) {
      yield ["There is no 2xx response. Add one, such as `2XX`.", "responses"];
    }
    for (const [status, response] of responses) {
      const what = method === "HEAD" ? "response to HEAD" : `${status} response`;
      if (!("content" in response.value) || (method !== "HEAD" && !BODYLESS.includes(status))) continue;
      yield [`A ${what} has no body. Remove the \`content\`.`, "responses", status];
    }
  },
};

const BODYLESS = ["204", "205", "304"];

const examples: Rule = {
  of: "Response",
  *check({ value }) {
    for (const [type, media] of Object.entries(Object(value.content))) {
      const { example, examples } = Object(media);
      if (example !== undefined || Object.keys(Object(examples)).length > 0) continue;
      yield ["The response has no example. Add `example` or `examples`: the mock responds with them.", "content", type];
    }
  },
};

const oneOfBoth = (of: string): Rule => ({
  of,
  *check({ value }) {
    if (!("example" in value && "examples" in value)) return;
    yield ["Both `example` and `examples` are given. Remove one.", "example"];
  },
});

export const responses = [bodies, examples, ...["Parameter", "MediaType", "Header"].map(oneOfBoth)];
