import type { ErrorCode } from "../generated/operations.js";
import { contentTypeOf } from "./content-type.js";
import { type KeyMask, namesCredential, peek, textOf } from "./masking.js";

/** What an error answer says, fit to be shown but for `details`. */
interface Problem {
  code?: ErrorCode | undefined;
  requestId?: string | undefined;
  details?: unknown;
  explanation: string;
}

/**
 * Reads the published form, `{ error: { code, message, details }, request_id }`, the flat forms that the vendor's own SDK expects,
 * RFC 9457's `title` and `detail`, and FastAPI's `detail`, which the vendor's own OpenAPI description declares.
 */
export function readProblem(body: unknown, response: Response, mask: KeyMask): Problem {
  if (typeof body === "string" || body === undefined) return { explanation: describeText(body, response, mask) };
  const error = own(body, "error");
  const either = (name: string) => own(error, name) ?? own(body, name);
  const detail = own(body, "detail");
  const list = Array.isArray(detail) ? detail : undefined;
  const sentence =
    textOf(either("message")) ??
    textOf(error) ??
    (list
      ? // More of them than a message has room for.
        list.slice(0, 100).map(misfit).filter(Boolean).join("; ")
      : [own(body, "title"), detail].map(textOf).filter(Boolean).join(": "));
  const code = wordOf(either("code"), mask);
  return {
    code,
    requestId: wordOf(either("request_id"), mask),
    details: either("details") ?? list,
    explanation: explain(sentence, code, mask),
  };
}

function explain(sentence: string, code: string | undefined, mask: KeyMask): string {
  if (!sentence) return code ? "" : "the body has a form that is not known here (see error.body)";
  if (namesCredential(sentence)) return "the explanation names a credential and is left out here (see error.body)";
  return mask.line(sentence).replace(/\.$/, "");
}

/** One misfit in FastAPI's list: `{ loc: ["body", "url"], msg: "field required" }`. */
function misfit(item: unknown): string | undefined {
  const place = own(item, "loc");
  const message = textOf(own(item, "msg"));
  return message && Array.isArray(place) ? `${place.map(textOf).join(".")}: ${message}` : message;
}

/** An own member of a JSON value. */
const own = (value: unknown, name: string) =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name) ? peek(value, name) : undefined;

/** A code or an identifier; what is longer, or a sentence that names a credential, is none. */
function wordOf(value: unknown, mask: KeyMask): string | undefined {
  const text = textOf(value);
  if (text === undefined || text.length > 200 || (/[^\w.-]/.test(text) && namesCredential(text))) return undefined;
  return mask.line(text);
}

/** What a body is that is text: it is never quoted, as nobody knows what it holds. */
function describeText(body: string | undefined, response: Response, mask: KeyMask): string {
  if (!body) {
    const reason = textOf(response.statusText);
    return reason && !namesCredential(reason) ? `${mask.line(reason)}, without a body` : "an answer without a body";
  }
  const kind = /^\s*</.test(body) ? "HTML or XML" : "text";
  const type = contentTypeOf(response.headers) ?? "no content type";
  return `the body is no JSON object but ${kind} (${type}, ${body.length} characters; see error.body)`;
}
