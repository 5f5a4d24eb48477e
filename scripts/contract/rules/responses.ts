// Requests and responses: which have a body, and that every response has an example.
import { children } from "../document.js";
import type { Rule } from "./rule.js";

const bodies: Rule = {
  of: "Operation",
  *check(node, { document }) {
    const { pointer, value } = node;
    const method = String(pointer.at(-1)).toUpperCase();
    if ("requestBody" in value && ["GET", "HEAD"].includes(method)) {
      const message = `A ${method} request cannot have a body. Use parameters, or POST.`;
      yield { pointer: [...pointer, "requestBody"], message };
    }
    const responses = children(document, node, "responses");
    if (!responses.some(([status]) => status.startsWith("2"))) {
      yield { pointer: [...pointer, "responses"], message: "There is no 2xx response. Add one, such as `2XX`." };
    }
    for (const [status, response] of responses) {
      const what = method === "HEAD" ? "response to HEAD" : `${status} response`;
      if (!("content" in response.value) || (method !== "HEAD" && !BODYLESS.includes(status))) continue;
      yield { pointer: [...pointer, "responses", status], message: `A ${what} has no body. Remove the \`content\`.` };
    }
  },
};

const BODYLESS = ["204", "205", "304"];

const examples: Rule = {
  of: "Response",
  *check({ pointer, value }) {
    for (const [type, media] of Object.entries(Object(value.content))) {
      const { example, examples } = Object(media);
      if (example !== undefined || Object.keys(Object(examples)).length > 0) continue;
      const message = "The response has no example. Add `example` or `examples`: the mock responds with them.";
      yield { pointer: [...pointer, "content", type], message };
    }
  },
};

const oneOfBoth = (of: string): Rule => ({
  of,
  *check({ pointer, value }) {
    if (!("example" in value && "examples" in value)) return;
    yield { pointer: [...pointer, "example"], message: "Both `example` and `examples` are given. Remove one." };
  },
});

export const responses = [bodies, examples, ...["Parameter", "MediaType", "Header"].map(oneOfBoth)];
