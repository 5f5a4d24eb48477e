import type { ErrorCode } from "../generated/operations.js";
import { quoteLine, textOf } from "./quote.js";

/**
 * Reads the documented form, `{ error: { code, message, details }, request_id }`, the flat forms that the vendor's own SDK expects,
 * and FastAPI's `detail`, which the vendor's own OpenAPI description declares.
 */
export function readProblem(body: unknown, response: Response, keys: readonly string[]) {
  const line = (value: unknown) => quoteLine(textOf(value) ?? "", keys);
  if (body === undefined || body === "") return { explanation: `${line(response.statusText)} (no body)`.trim() };
  const { error, detail } = Object(body);
  const either = (name: string): unknown => Object(error)[name] ?? Object(body)[name];
  const list = Array.isArray(detail) ? detail : undefined;
  const code: ErrorCode | undefined = line(either("code")) || undefined;
  // A message has no room for more.
  const sentence =
    either("message") ?? textOf(error) ?? list?.slice(0, 100).map(misfit).filter(Boolean).join("; ") ?? detail;
  // An unrecognised body may contain anything, so it is not quoted.
  const unknown = code ? "" : `unknown body (${mediaType(response, keys) ?? "no content type"})`;
  return {
    code,
    requestId: line(either("request_id")) || undefined,
    details: either("details") ?? list,
    explanation: line(sentence).replace(/\.$/, "") || unknown,
  };
}

/** One entry of FastAPI's list: `{ loc: ["body", "url"], msg: "field required" }`. */
function misfit(item: unknown): string | undefined {
  const { loc, msg } = Object(item);
  const message = textOf(msg);
  return message && Array.isArray(loc) ? `${loc.map(textOf).join(".")}: ${message}` : message;
}

/** The media type without its parameters; null if there is none. */
export function mediaType({ headers }: Response, keys: readonly string[]): string | null {
  const [type = ""] = headers.get("content-type")?.split(";") ?? [];
  return quoteLine(type, keys) || null;
}
