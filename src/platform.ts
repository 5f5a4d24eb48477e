/** Refuses pages and their workers. Node, Deno, Bun and workerd have other user agents. */
export function refuseBrowser(): void {
  const { userAgent = "" } = Object(globalThis.navigator);
  if (!`${userAgent}`.startsWith("Mozilla/")) return;
  const [simulated] = /jsdom|HappyDOM/i.exec(userAgent) ?? [];
  throw new TypeError(
    simulated
      ? `This is ${simulated}, like a browser: use the node environment for this test, or a fake key and dangerouslyAllowBrowser.`
      : "A browser shows the API key to everyone: use your own backend, or set dangerouslyAllowBrowser.",
  );
}

/** An option, else an environment variable where there are any and they may be read; a blank one counts as unset. */
export function withEnvironment<Value>(
  option: string,
  value: Value | undefined,
  variable: string,
): [Value | string | undefined, source: string] {
  let found: string | undefined;
  try {
    found = value === undefined ? process.env[variable]?.trim() : undefined;
  } catch {}
  return found ? [found, variable] : [value, option];
}
