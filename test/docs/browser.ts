// A headless Chromium that sees nothing but a static server with the site, below a path as a project site has it.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { onTestFinished } from "vitest";
import { listen } from "../support/listen.js";

const CHROMIUM = process.env.CHROME_PATH ?? "/usr/bin/chromium";
if (!existsSync(CHROMIUM)) {
  throw new Error(
    `Chromium was not found at ${CHROMIUM}. Install it (Debian and Ubuntu: apt-get install chromium), or set CHROME_PATH to its path.`,
  );
}
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Serves a site on this machine as GitHub Pages does: compressed, below a path, with its own page for what is not there. */
export async function serveSite(folder: string, base: string) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    const path = decodeURIComponent(pathname.slice(base.length)).replace(/(^|\/)$/, "$1index.html");
    const body = pathname.startsWith(base) ? await readFile(join(folder, path)).catch(() => undefined) : undefined;
    response.writeHead(body ? 200 : 404, {
      "content-type": TYPES[body ? extname(path) : ".html"] ?? "text/plain; charset=utf-8",
      "content-encoding": "gzip",
    });
    response.end(gzipSync(body ?? (await readFile(join(folder, "404.html")))));
  });
  return { url: (await listen(server)) + base, close: () => server.close() };
}

export const launch = () =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });

export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
  desktop: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
} satisfies Record<string, BrowserContextOptions>;

/** Collects what must not happen on a page: errors, and requests that leave the site or fail. */
export function watch(context: BrowserContext, base: string): string[] {
  const troubles: string[] = [];
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on("weberror", (error) => troubles.push(`${error.page()?.url()}: ${error.error()}`));
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(data|blob):/.test(url)) troubles.push(`request to ${url}`);
  });
  context.on("response", (response) => {
    if (!response.ok()) troubles.push(`${response.status()} for ${response.url()}`);
  });
  onTestFinished(() => context.close());
  return troubles;
}
