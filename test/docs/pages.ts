// What the tests of the site do with a page.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Redocly's page is another program's: what holds for it is tested apart. */
export const REDOCLY = "api.html";

/** All pages of a site but Redocly's. */
export const pagesOf = async (folder: string) =>
  (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".html") && file !== REDOCLY).sort();

/** Where a site was told that it will be, by `npm run docs -- --url`. */
export const addressOf = async (folder: string) =>
  /<link rel="canonical" href="([^"]+)">/.exec(await readFile(join(folder, "index.html"), "utf8"))?.[1];

/** Opens a page and waits until its script has taken it over. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => "__vue_app__" in (document.querySelector("#app") ?? {}));
}

/** What axe finds, as `impact rule: first place`. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source); // not a script element, which the page's policy forbids
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"], preload: false }));
  return violations.map(({ impact, id, nodes }) => `${impact} ${id}: ${nodes[0]?.target.join(" ")}`).sort();
}

export const isSerious = (finding: string) => /^(serious|critical) /.test(finding);

/** Searches from the keyboard, and gives the addresses of what is found. */
export async function search(page: Page, words: string): Promise<string[]> {
  await page.evaluate(() => sessionStorage.clear()); // else the last words are searched once more
  await page.keyboard.press("Control+k");
  await page.locator(".search-input").fill(words);
  await page.locator(".VPLocalSearchBox .result").first().waitFor();
  return page
    .locator(".VPLocalSearchBox .result")
    .evaluateAll((results) => results.map((result) => result.getAttribute("href") ?? ""));
}
