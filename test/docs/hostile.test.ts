// Texts of the contract are never treated as markup or code, neither during the build nor in the browser.
import { readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GAP } from "../../scripts/docs/markdown.js";
import { launch, SCREENS, serveSite, watch } from "./browser.js";
import { ADDRESS, buildHostile, hostileContract, INCLUDED } from "./hostile.js";
import { pagesOf, REDOCLY, search, visit } from "./pages.js";

const { contract, texts } = await hostileContract();
const CHANGE =
  "No999No {{ globalThis.ran = 1 }} <script setup>ran = 1</script> <!--@include: ../../package.json--> <b>b</b>";

let folder: string;
let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
beforeAll(async () => {
  folder = await buildHostile(contract, CHANGE);
  site = await serveSite(folder, new URL(ADDRESS).pathname);
  browser = await launch();
}, 900_000);
afterAll(async () => {
  await browser?.close();
  site?.close();
  if (folder) await rm(dirname(folder), { recursive: true });
});

/** Without what cannot be seen. */
const squeezed = (text: string) => text.replaceAll(GAP, "").replace(/\s+/g, "");

/** What a page shows, code in hidden tabs included. */
async function shownOn(page: Page, selector: string): Promise<string> {
  const code = await page.locator("div[class*=language-] code").allTextContents();
  return squeezed([await page.locator(selector).innerText(), ...code].join(" "));
}

/** The places of the texts that a page has. Fails where it does not show one as it was written. */
function placesIn(shown: string): string[] {
  return [...texts].flatMap(([place, text]) => {
    const [number = ""] = text.split(" ");
    if (!shown.includes(number)) return [];
    const spellings = [text, JSON.stringify(text)].map(squeezed); // values are shown as TypeScript has them
    expect(spellings.some((spelling) => shown.includes(spelling)) || shown, place).toBe(true);
    return [place];
  });
}

const ran = (page: Page) => page.evaluate(() => "ran" in window);

test("each page shows it as it was written, and runs nothing", { timeout: 600_000 }, async () => {
  const context = await browser.newContext(SCREENS.desktop);
  const page = await context.newPage();
  const troubles = watch(context, site.url);
  page.on("dialog", (dialog) => troubles.push(`dialog: ${dialog.message()}`));
  const seen = new Set<string>();
  for (const path of (await pagesOf(folder)).filter((name) =>
    /^(operations|reference\/contract|project\/change)/.test(name),
  )) {
    await visit(page, site.url + path);
    for (const place of placesIn(await shownOn(page, "body"))) seen.add(place);
    expect(await page.locator("a[href^='javascript:'], .vp-doc :is(img, b, style, iframe)").count(), path).toBe(0);
    expect(await ran(page), path).toBe(false);
    if (path === "project/changelog.html") expect(await shownOn(page, ".vp-doc")).toContain(squeezed(CHANGE));
  }
  const shown = /^\/(paths|components\/(schemas|parameters))\/.*(?<!\/title)$/;
  const hidden = [...texts.keys()].filter((place) => shown.test(place) && !seen.has(place));
  expect(hidden.filter((place) => !/\/(headers|externalDocs)\//.test(place))).toEqual([]);
  expect(seen.size).toBeGreaterThan(60);
  expect(troubles).toEqual([]);
});

test("so do the search and Redocly's page", { timeout: 120_000 }, async () => {
  const context = await browser.newContext(SCREENS.desktop);
  const page = await context.newPage();
  const troubles = watch(context, site.url);
  await visit(page, site.url);
  const [first = ""] = await search(page, "display none evil");
  expect(first).not.toBe("");
  expect(await ran(page)).toBe(false);

  await page.goto(site.url + REDOCLY);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  expect(placesIn(squeezed(await page.locator("main").innerText()))).toContain("/info/description");
  expect(await page.locator("main :is(img, b, iframe)").count()).toBe(0);
  expect(await ran(page)).toBe(false);
  expect(troubles).toEqual([]);
});

test("nothing is read from other files, and the head of a page is whole", async () => {
  for (const file of ["llms.txt", "llms-full.txt", ...(await pagesOf(folder))]) {
    expect(await readFile(join(folder, file), "utf8"), file).not.toContain(INCLUDED);
  }
  const page = await browser.newPage({ javaScriptEnabled: false }); // as it is served: VitePress's script rewrites the head
  for (const path of ["operations/addWebhookEndpoint.html", "index.html"]) {
    await page.goto(site.url + path);
    const address = ADDRESS + path.replace(/(^|\/)index\.html$/, "$1");
    expect(await page.locator("head link[rel=canonical]").getAttribute("href")).toBe(address);
    expect(await page.locator("head meta[property='og:image']").getAttribute("content")).toBe(`${ADDRESS}preview.png`);
  }
  await page.goto(`${site.url}operations/addWebhookEndpoint.html`);
  const summary = squeezed(texts.get("/paths//v1/webhook/endpoint.add/post/summary") ?? "-");
  const description = await page.locator("head meta[name=description]").getAttribute("content");
  expect(squeezed(description ?? "")).toContain(summary);
  await page.close();
});
