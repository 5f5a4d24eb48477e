// The contract → generated/values.ts: the known values of open sets.
import type { Contract } from "../contract/read.js";

export function valuesModule({ document }: Contract): string {
  const sets = Object.entries(document.components?.schemas ?? {}).flatMap(([type, schema]) => {
    const { "x-extensible-enum": known, description = "" } = Object(schema);
    return Array.isArray(known) ? [{ type, known, description: String(description) }] : [];
  });
  return sets.map(constant).join("\n") || "export {};\n";
}

function constant({ type, known, description }: { type: string; known: unknown[]; description: string }) {
  const name = constantName(type);
  return `/**
 * The values of {@link ${type}} that are known today; the API may send others.${description ? `\n *\n * ${description.trim().replace(/\s+/g, " ").replaceAll("*/", "*\\/")}` : ""}
 *
 * @example
 * \`\`\`ts
 * import { ${name} } from "konpro-client";
 *
 * const isKnown = (value: unknown) => ${name}.some((known) => known === value);
 * \`\`\`
 */
export const ${name} = ${JSON.stringify(known)} as const;
/** One of {@link ${name}}. */
export type Known${type} = (typeof ${name})[number];
`;
}

/** `WebhookEventType` → `WEBHOOK_EVENT_TYPES`. */
export function constantName(type: string): string {
  const words = type
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toUpperCase();
  if (/(S|X|CH|SH)$/.test(words)) return `${words}ES`;
  return `${words.replace(/([^AEIOU])Y$/, "$1IE")}S`;
}
