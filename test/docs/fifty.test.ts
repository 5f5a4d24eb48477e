import { readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, SCREENS, serveSite, watch } from "./browser.js";
import { ADDRESS, buildFifty, fifty, HARD_TEXT } from "./fifty.js";
import { findings, isSerious, pagesOf, search, visit } from "./pages.js";

const operations = Object.values(
  fifty.paths as Record<string, Record<string, { operationId?: string; tags?: string[] }>>,
)
  .flatMap((item) => Object.values(item))
  .flatMap(({ operationId, tags }) => (operationId ? [{ id: operationId, tag: tags?.[0] ?? "" }] : []));

let folder: string;
let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
beforeAll(async () => {
  folder = await buildFifty();
  site = await serveSite(folder, new URL(ADDRESS).pathname);
  browser = await launch();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  site?.close();
  if (folder) await rm(dirname(folder), { recursive: true });
});

test("each operation has a page that opens without trouble, below a path", { timeout: 300_000 }, async () => {
  expect(operations).toHaveLength(50);
  const context = await browser.newContext(SCREENS.phone);
  const page = await context.newPage();
  const troubles = watch(context, site.url);
  for (const { id } of operations) {
    await visit(page, `${site.url}operations/${id}.html`);
    expect(await page.locator("h1").innerText()).toContain(id);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    if (tooWide) troubles.push(`${id} is wider than the screen`);
  }
  troubles.push(...(await findings(page)).filter(isSerious));
  expect(troubles).toEqual([]);
});

test("the list of operations and the sidebar have all of them, by tag", async () => {
  const page = await browser.newPage(SCREENS.desktop);
  await visit(page, `${site.url}operations/`);
  for (const place of [".vp-doc", ".VPSidebar"]) {
    const links = await page.locator(`${place} a`).evaluateAll((all) => all.map((link) => link.textContent?.trim()));
    for (const { id } of operations) expect(links).toContain(id);
    const headings = (await page.locator(`${place} h2`).allInnerTexts()).join("\n");
    for (const { tag } of operations) expect(headings).toContain(tag);
  }
  expect(await page.locator(".VPSidebar").innerText()).not.toContain("receiveEvent");
});

test.each([
  ["createInvoice", "createInvoice"],
  ["Delete voice", "deleteVoice"],
  ["/v1/templates", "Template"],
])("the search finds %s among the first", async (words, title) => {
  const page = await browser.newPage(SCREENS.desktop);
  await visit(page, site.url);
  expect((await search(page, words)).slice(0, 3).join("\n")).toContain(title);
});

test("a text of the contract is shown as it is", async () => {
  const page = await browser.newPage(SCREENS.desktop);
  await visit(page, `${site.url}operations/listAvatars.html`);
  expect(await page.locator(".vp-doc").innerText()).toContain(HARD_TEXT.replaceAll("`", ""));
});

test("Redocly's page has each operation where its page says", { timeout: 120_000 }, async () => {
  const context = await browser.newContext(SCREENS.desktop);
  const page = await context.newPage();
  const troubles = watch(context, site.url);
  for (const { id } of operations.filter((_, index) => index % 10 === 0)) {
    await visit(page, `${site.url}operations/${id}.html`);
    await page.getByRole("link", { name: "In the contract" }).click();
    await page
      .getByRole("link", { name: `${id}, the method of the client` })
      .first()
      .waitFor();
    await expect.poll(() => page.title()).toBeTruthy();
  }
  expect(troubles).toEqual([]);
});

test("search engines and previews are told the address", async () => {
  for (const file of await pagesOf(folder)) {
    if (file === "404.html") continue;
    const html = await readFile(join(folder, file), "utf8");
    expect(html).toContain(`<link rel="canonical" href="${ADDRESS}${file.replace(/(^|\/)index\.html$/, "$1")}">`);
    expect(html).toContain(`<meta property="og:image" content="${ADDRESS}preview.png">`);
  }
  expect(await readFile(join(folder, "sitemap.xml"), "utf8")).toContain(`${ADDRESS}operations/createInvoice`);
  expect((await readFile(join(folder, "preview.png"))).subarray(1, 4).toString()).toBe("PNG");
});
