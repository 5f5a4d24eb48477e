// Requests and responses: which have a body, and what a mock answers with.
import { children } from "../document.js";
import type { Rule } from "./rule.js";

const bodies: Rule = {
  of: "Operation",
  *check(node, { document }) {
    const { pointer, value } = node;
    const method = String(pointer.at(-1)).toUpperCase();
    if ("requestBody" in value && ["GET", "HEAD"].includes(method)) {
      const message = `A ${method} has no body. Write parameters, or describe a POST.`;
      yield { pointer: [...pointer, "requestBody"], message };
    }
    const responses = children(document, node, "responses");
    if (!responses.some(([status]) => status.startsWith("2"))) {
      yield { pointer: [...pointer, "responses"], message: "There is no 2xx response. Write one, such as `2XX`." };
    }
    for (const [status, response] of responses) {
      const bodyless = method === "HEAD" ? method : BODYLESS.find((name) => name === status);
      if (!bodyless || !("content" in response.value)) continue;
      const message = `The response to ${bodyless} has no body. Remove the \`content\`.`.replace(/to (?=\d)/, "");
      yield { pointer: [...pointer, "responses", status], message };
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
      const message = "The response has no example. Write `example` or `examples`: the mock answers with them.";
      yield { pointer: [...pointer, "content", type], message };
    }
  },
};

const oneOfBoth = (of: string): Rule => ({
  of,
  *check({ pointer, value }) {
    if (!("example" in value && "examples" in value)) return;
    yield { pointer: [...pointer, "example"], message: "`examples` is here too. Write the example there." };
  },
});

export const responses = [bodies, examples, ...["Parameter", "MediaType", "Header"].map(oneOfBoth)];
