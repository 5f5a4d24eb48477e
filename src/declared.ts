/** The key of the declared response for a status: the status, its range such as `4XX` or, for an error, `default`. */
export function responseKey(declared: object, status: number): string | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return [String(status), range, ...(status >= 400 ? ["default"] : [])].find((key) => Object.hasOwn(declared, key));
}

/**
 * Whether a 2xx response declares a body.
 *
 * @param bodies - for each declared 2xx response, whether it has a body; empty where all of them have
 */
export function promisesBody(bodies: Readonly<Record<string, boolean>>, status: number): boolean {
  const key = responseKey(bodies, status);
  if (key !== undefined) return bodies[key] === true;
  const all = Object.values(bodies);
  return all.length === 0 || all.includes(true);
}
