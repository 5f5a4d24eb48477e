// Makes one call to the real API. Does not use the client, which may have been generated from another description.
import { operationKey } from "../contract/document.js";

export interface Api {
  baseUrl: string;
  keyHeader: string;
  key: string;
  /** Milliseconds to wait for each response. */
  timeout: number;
}

export interface Received {
  status: number;
  headers: Headers;
  text: string;
}

/** The response, or why there is none. */
export async function call(
  { baseUrl, keyHeader, key, timeout }: Api,
  { method, path, keyless }: { method: string; path: string; keyless: boolean },
): Promise<Received | string> {
  const { host } = new URL(baseUrl);
  const headers = { accept: "application/json", ...(keyless ? {} : { [keyHeader]: key }) };
  let status = 0;
  try {
    console.error(`Calling ${host}: ${operationKey({ method, path })}`);
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(`${baseUrl}${path}`, { method, headers, signal, redirect: "manual" });
    status = response.status;
    const text = await response.text();
    const location = response.headers.get("location");
    if (status >= 300 && status < 400 && location !== null) {
      return `${host} redirects to ${originOf(location, baseUrl)} (${status}), and the key must not be sent there`;
    }
    return { status, headers: response.headers, text };
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") {
      return `no complete response from ${host} within ${timeout} ms`;
    }
    if (status > 0) return `the ${status} response from ${host} was cut off`;
    return `${host} cannot be reached: ${deepestMessage(error)}`;
  }
}

const originOf = (location: string, base: string) =>
  URL.canParse(location, base) ? new URL(location, base).origin : "another address";

/** The message of a failed `fetch` gives no reason; its innermost cause does. */
function deepestMessage(error: unknown): string {
  const { cause, message, code } = Object(error);
  return cause === undefined ? String(message || code || error) : deepestMessage(cause);
}
