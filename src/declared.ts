/**
 * Under which of an operation's declared responses an answer falls: that of its status, of its range such as `4XX`, or
 * `default`. This last one stands for errors, and for a success only where no success is declared.
 */
export function responseKey(declared: object, status: number): string | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  const open = status >= 400 || isSuccess(declared, "default");
  return [String(status), range, ...(open ? ["default"] : [])].find((key) => Object.hasOwn(declared, key));
}

/** Whether a declared response stands for success. */
export function isSuccess(declared: object, key: string): boolean {
  return key.startsWith("2") || (key === "default" && !Object.keys(declared).some((other) => other.startsWith("2")));
}

/** Statuses that HTTP sends without a body, whatever a contract declares. */
export const BODYLESS: readonly number[] = [204, 205];

/**
 * Whether a success promises a body.
 *
 * @param bodies - for each declared success, whether it has a body; empty where all of them have
 */
export function promisesBody(bodies: Readonly<Record<string, boolean>>, status: number): boolean {
  const key = responseKey(bodies, status);
  if (key !== undefined) return bodies[key] === true;
  const all = Object.values(bodies);
  return all.length === 0 || all.includes(true);
}
