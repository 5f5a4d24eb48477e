// The contract on one page, rendered by Redocly.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { Contract } from "./contract.js";
import { GAP, prose, text } from "./markdown.js";
import { operationOf, samplesOf } from "./samples.js";
import { get } from "./schema-table.js";

const SOURCE = ".cache/docs/openapi.json";

/** Writes the page; throws with Redocly's own message if that fails. */
export async function writeRedoclyPage(contract: Contract, file: string): Promise<void> {
  await mkdir(".cache/docs", { recursive: true });
  await writeFile(SOURCE, JSON.stringify(withSamplesAndLinks(contract)).replaceAll(GAP, ""));
  const { status, stdout, stderr, error } = spawnSync(
    "redocly",
    ["build-docs", SOURCE, "--inlineBundle", "--template", "docs/redocly.hbs", "--output", file],
    {
      encoding: "utf8",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    },
  );
  if (status !== 0) throw new Error(error?.message ?? stdout + stderr);
  await writeFile(file, closed(await readFile(file, "utf8")));
}

/** The contract with escaped descriptions, samples of each call, and links to the operations' pages of the site. */
function withSamplesAndLinks(contract: Contract): object {
  const copy: Contract = { ...contract, document: structuredClone(contract.document) };
  escapeDescriptions(copy.document);
  const { info } = copy.document;
  Object.assign(Object(info), { summary: text(String(get(info, "summary") ?? "")) }); // Markdown as well
  for (const operation of contract.operations) {
    Object.assign(operationOf(copy, operation).value, {
      description: `${prose(operation.description ?? "")}\n\n[${operation.id}, the method of the client](operations/${operation.id}.html)`,
      "x-codeSamples": samplesOf(contract, operation),
    });
  }
  return copy.document;
}

/** Members that contain API data rather than prose, or whose descriptions Redocly treats as plain text. */
const DATA = /^(example|value|default|const|enum|servers)$/;

/** Maps: members whose keys are user-defined names. */
const MAPS = /^(properties|schemas|parameters|headers|responses|examples|requestBodies|content|paths|webhooks)$/;

/** Escapes descriptions, which Redocly renders as Markdown with HTML. */
function escapeDescriptions(value: object, isMap = false): void {
  for (const [name, member] of Object.entries(value)) {
    if (name === "description" && typeof member === "string") Reflect.set(value, name, prose(member));
    else if (typeof member === "object" && member !== null && (isMap || !DATA.test(name))) {
      escapeDescriptions(member, !isMap && MAPS.test(name));
    }
  }
}

/** Replaces a logo that would be fetched from another host. */
const LOGO = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="42" height="14"><text y="11" font-family="sans-serif" font-size="11" fill="#1a7ad9">Redocly</text></svg>',
)}`;

/**
 * Makes changes for which Redocly has no option: nothing is fetched from other hosts, routes stay within the page, and a content
 * security policy allows only the scripts that the page was built with.
 */
function closed(page: string): string {
  const html = page
    .replace(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g, LOGO)
    .replace(/<a ([^<>]*)href="\//g, '<a $1href="#/');
  const scripts = Array.from(html.matchAll(/<script(?: type="module")?>(.*?)<\/script>/gs), ([, code = ""]) => {
    return `'sha256-${createHash("sha256").update(code).digest("base64")}'`;
  });
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.join(" ")}`,
    "style-src 'unsafe-inline'", // it creates styles at run time
    "img-src 'self' data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return html.replace("<head>", `<head>\n  <meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">`);
}
