// Requests and responses: which have a body, and what a mock answers with.
import { children } from "../document.js";
import type { Rule } from "./rule.js";

const bodies: Rule = {
  of: "Operation",
  *check(node, { document }) {
    const { pointer, value } = node;
    const method = String(pointer.at(-1));
    if ("requestBody" in value && ["get", "head"].includes(method)) {
      const message = `A ${method.toUpperCase()} has no body. Write parameters, or describe a POST.`;
      yield { pointer: [...pointer, "requestBody"], message };
    }
    const statuses = children(document, node, "responses");
    if (!statuses.some(([status]) => status.startsWith("2"))) {
      yield { pointer: [...pointer, "responses"], message: "There is no 2xx response. Write one, such as `2XX`." };
    }
    for (const [status, response] of statuses) {
      if (method !== "head" || !("content" in response.value)) continue;
      yield { pointer: [...pointer, "responses", status], message: "A HEAD gets no body. Remove the `content`." };
    }
  },
};

const bodyless: Rule = {
  of: "Responses",
  *check(node, { document }) {
    for (const [status, response] of children(
      document,
      { pointer: node.pointer.slice(0, -1), value: { responses: node.value } },
      "responses",
    )) {
      if (!["204", "205", "304"].includes(status) || !("content" in response.value)) continue;
      yield { pointer: [...node.pointer, status], message: `A ${status} has no body. Remove the \`content\`.` };
    }
  },
};

const content: Rule = {
  of: "Content",
  *check({ pointer, value }) {
    if (Object.keys(value).length === 0) yield { pointer, message: "There is no body here. Write `application/json`." };
  },
};

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

export const responses = [bodies, bodyless, content, examples, ...["Parameter", "MediaType", "Header"].map(oneOfBoth)];
