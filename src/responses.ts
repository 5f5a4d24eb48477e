/**
 * Under which of an operation's declared responses an answer falls: that of its status, of its range such as `4XX`, or
 * `default`. This last one stands for errors, as in the types; for a success only where no success is declared.
 */
export function responseKey(declared: object, status: number): string | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  const open = status >= 400 || !Object.keys(declared).some((key) => key.startsWith("2"));
  return [String(status), range, ...(open ? ["default"] : [])].find((key) => key in declared);
}
