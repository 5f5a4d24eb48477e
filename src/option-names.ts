/** The options of this package, each with what other clients call it. */
const NAMES: Record<string, string> = {
  apiKey: "key token auth",
  baseUrl: "url baseuri prefixurl host",
  timeout: "",
  maxRetries: "retry retries maxretry",
  fetch: "",
  onAttempt: "onretry",
  dangerouslyAllowBrowser: "",
  dangerouslyAllowHttp: "",
};

/** Names that were checked before and are not ours: calls repeat the same ones. */
const otherNames = new Set<string>();

/**
 * Copies an object's own members that are set, since a polluted prototype must not set options. Refuses names that are nearly
 * ours.
 */
export function ownOptions<Options extends object>(options: Options, what: string): Options {
  if (typeof options !== "object" || !options || Array.isArray(options)) throw wrong(what, options, "an object");
  const own: Options = Object.create(null);
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined) Reflect.set(own, name, value);
    if (Object.hasOwn(NAMES, name) || otherNames.has(name)) continue;
    const plain = name.toLowerCase().replace(/[_-]/g, "");
    const meant = Object.entries(NAMES).find(
      ([ours, others]) =>
        others.split(" ").includes(plain) || isNear(plain, ours.toLowerCase(), ours.length > 6 ? 2 : 1),
    );
    if (meant) throw new TypeError(`There is no option "${name}": did you mean ${meant[0]}?`);
    otherNames.add(name);
  }
  return own;
}

/** Whether one word becomes the other by adding, dropping or replacing at most so many letters. */
function isNear(a: string, b: string, letters: number): boolean {
  if (a === b) return true;
  if (a[0] === b[0]) return isNear(a.slice(1), b.slice(1), letters);
  const [restOfA, restOfB] = [a.slice(1), b.slice(1)];
  const next = letters - 1;
  return letters > 0 && (isNear(restOfA, restOfB, next) || isNear(restOfA, b, next) || isNear(a, restOfB, next));
}

/** Says the type of what came, never its value, which may be a credential in the wrong place. */
export function wrong(option: string, got: unknown, wanted: string): TypeError {
  const type = got === null ? "null" : Array.isArray(got) ? "array" : typeof got;
  return new TypeError(
    `${option} must be ${wanted}; it is ${type === "number" ? "another number" : `of type ${type}`}.`,
  );
}
