// The version that a change requires.
import { inc } from "semver";

/** The most severe first. */
export const KINDS = ["breaking", "additive", "documentation"] as const;
export type Kind = (typeof KINDS)[number];

const BUMPS = { breaking: "major", additive: "minor", documentation: "patch" } as const;
/** `^0.y.z` only matches the same y: before 1.0.0, a breaking change increments y. */
const BUMPS_BEFORE_1 = { breaking: "minor", additive: "patch", documentation: "patch" } as const;

/** The lowest version that may follow a version after a change; null if the version is not valid. */
export function versionAfter(version: string, kind: Kind | undefined): string | null {
  if (kind === undefined) return version;
  return inc(version, (/^0\./.test(version) ? BUMPS_BEFORE_1 : BUMPS)[kind]);
}

export const mostSevere = (kinds: Kind[]) => KINDS.find((kind) => kinds.includes(kind));
