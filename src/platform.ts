/** Pages and their workers; in Node, Deno, Bun and workerd the user agent has another name. */
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

export function withEnvironment<Value>(option: string, value: Value | undefined, variable: string) {
  if (value !== undefined) return { value, source: option };
  const found = environment(variable);
  return { value: found, source: found === undefined ? option : variable };
}

/** An environment variable, where there are any and they may be read; a blank one counts as unset. */
function environment(name: string): string | undefined {
  try {
    return process.env[name]?.trim() || undefined;
  } catch {
    return undefined;
  }
}
