import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readContract } from "../../scripts/contract.js";
import { launch, SCREENS, serveSite, watch } from "./browser.js";

const pages = (await readdir("site", { recursive: true })).filter((file) => file.endsWith(".html")).sort();
const ownPages = pages.filter((page) => page !== "api.html");
const documents = { "index.html": "README.md", ...(await documentPages()) };
const contract = await readContract("openapi.yaml");
const { operations } = contract;

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
beforeAll(async () => {
  site = await serveSite();
  browser = await launch();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  site?.close();
});

/** Which page was made from which document, by their titles. */
async function documentPages(): Promise<Record<string, string>> {
  const files = ["CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md"];
  const found = files.map(async (file) => {
    const title = /^# (.+)/.exec(await readFile(file, "utf8"))?.[1];
    return [`documents/${title}.html`, file];
  });
  return Object.fromEntries(await Promise.all(found));
}

async function open(options: BrowserContextOptions) {
  const context = await browser.newContext({ ...options, permissions: ["clipboard-read", "clipboard-write"] });
  return { page: await context.newPage(), troubles: watch(context, site.url) };
}

/** What axe finds, as `impact rule`. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source); // not a script element, which the page's policy forbids
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ impact, id }) => `${impact} ${id}`).sort();
}
declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** The code that a document has in fences. */
const fences = (markdown: string) =>
  Array.from(markdown.matchAll(/^```[^\n]*\n(.*?)^```/gms), ([, code = ""]) => code.trim());

/** What the copy button beside some code puts on the clipboard. */
async function copied(page: Page, button: string): Promise<string[]> {
  const texts: string[] = [];
  for (const copy of await page.locator(button).all()) {
    await copy.click({ force: true });
    texts.push((await page.evaluate(() => navigator.clipboard.readText())).trim());
  }
  return texts;
}

describe("each page", () => {
  test.each(pages)("%s allows nothing but itself", async (page) => {
    const html = await readFile(`site/${page}`, "utf8");
    const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html.slice(0, 1000)) ?? [];
    const scripts = Array.from(
      html.matchAll(/<script(?: type="module")?>(.*?)<\/script>/gs),
      ([, code = ""]) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`,
    ).join(" ");
    expect(policy).toBe(
      page === "api.html"
        ? `default-src 'none'; script-src ${scripts}; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`
        : `default-src 'none'; script-src 'self' ${scripts}; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src 'self' data:; base-uri 'none'; form-action 'none'`,
    );
  });

  test.each(Object.entries(SCREENS))(
    "opens on a %s without trouble, and its links lead somewhere",
    async (_, screen) => {
      const { page, troubles } = await open(screen);
      const targets = new Map<string, string>();
      for (const path of pages) {
        await page.goto(site.url + path);
        await page.locator("body").waitFor(); // our pages show themselves when their script has run
        const { links, ids, tooWide } = await page.evaluate(() => ({
          links: Array.from(document.querySelectorAll("a"), ({ href }) => href),
          ids: Array.from(document.querySelectorAll("[id]"), ({ id }) => id),
          tooWide: document.documentElement.scrollWidth > window.innerWidth,
        }));
        if (tooWide) troubles.push(`${path} is wider than the screen`);
        for (const id of ids) targets.set(`${site.url}${path}#${id}`, "");
        for (const href of links.filter((href) => href.startsWith(site.url)))
          targets.set(href, targets.get(href) ?? path);
      }
      for (const [target, from] of targets) {
        const [address = "", fragment] = target.split("#");
        if (from && !(await page.request.get(address)).ok()) troubles.push(`${from} has a dead link: ${address}`);
        // Behind the # of Redocly's page are its routes.
        if (from && fragment && !address.endsWith("api.html")) troubles.push(`${from} links to nothing: ${target}`);
      }
      expect(troubles).toEqual([]);
    },
  );

  test.each(Object.entries(SCREENS))("is free of serious barriers on a %s", async (_, screen) => {
    const { page } = await open(screen);
    const barriers: string[] = [];
    for (const path of ownPages) {
      await page.goto(site.url + path);
      await page.locator("body").waitFor();
      for (const finding of await findings(page)) barriers.push(`${path}: ${finding}`);
    }
    expect(barriers.filter((finding) => /: (serious|critical) /.test(finding))).toEqual([]);
  });
});

describe("the pages made from documents", () => {
  test.each(Object.entries(documents))("%s has the code of %s", async (path, file) => {
    const { page } = await open(SCREENS.desktop);
    await page.goto(site.url + path);
    expect(await copied(page, "pre > button")).toEqual(fences(await readFile(file, "utf8")));
  });

  test("the start page leads to everything", async () => {
    const { page } = await open(SCREENS.phone);
    await page.goto(site.url);
    const sections = Array.from(
      (await readFile("README.md", "utf8")).matchAll(/^## (.+)/gm),
      ([, title = ""]) => title,
    );
    const links = await page.locator("nav[aria-label=Sections] a").allInnerTexts();
    expect(links).toEqual([...sections, "HTTP API", "openapi.yaml", "llms.txt"]);
  });

  test("openapi.yaml is the contract, and llms.txt leads to pages there are", async () => {
    expect(await readFile("site/openapi.yaml", "utf8")).toBe(await readFile("openapi.yaml", "utf8"));
    const text = await readFile("site/llms.txt", "utf8");
    for (const [, link = ""] of text.matchAll(/\]\(([^)#]+)/g)) expect([...pages, "openapi.yaml"]).toContain(link);
    for (const { id, method, path } of operations)
      expect(text).toContain(`\`${id}\`: \`${method.toUpperCase()} ${path}\``);
  });
});

describe("the HTTP API", () => {
  const cases = Object.entries(SCREENS).flatMap(([name, screen]) =>
    operations.map((operation) => ({ name, screen, operation })),
  );

  test.each(cases)(
    "$operation.id is one click away on a $name",
    async ({ screen, operation: { method, path, summary = "" } }) => {
      const { page, troubles } = await open(screen);
      await page.goto(`${site.url}api.html`);
      await page.getByText(path).last().click();
      await page.getByRole("heading", { name: summary }).waitFor();

      const { description, responses, "x-codeSamples": samples } = Object(contract.document.paths)[path][method];
      const text = plain(await page.locator("body").innerText());
      expect(text).toContain(path);
      for (const paragraph of paragraphs(description)) expect(text).toContain(paragraph);
      for (const status of Object.keys(responses)) expect(text).toContain(status);
      for (const paragraph of descriptions(responses[200].content["application/json"].schema))
        expect(text).toContain(paragraph);

      for (const { label, source } of samples) {
        const picked = page.locator(".panel-request-samples");
        if (!(await picked.innerText()).includes(label)) await choose(page, samples, label);
        expect((await picked.locator("pre").innerText()).trim()).toBe(source.trim());
        expect(await copied(page, ".panel-request-samples .code-block-header button")).toEqual([source.trim()]);
      }
      expect(troubles).toEqual([]);
    },
  );

  test.each(Object.entries(SCREENS))("has no barriers on a %s but those known of Redocly's page", async (_, screen) => {
    const { page } = await open(screen);
    await page.goto(`${site.url}api.html`);
    await page
      .getByText(operations[0]?.path ?? "")
      .last()
      .click();
    expect(await findings(page)).toEqual([]);
  });
});

async function choose(page: Page, samples: { label: string }[], label: string): Promise<void> {
  await page
    .locator(".panel-request-samples")
    .getByText(samples[0]?.label ?? "", { exact: true })
    .click();
  await page.getByRole("menuitem", { name: label }).click();
}

/** Text as it is on a page: without marks and with single spaces. */
const plain = (text: string) =>
  text
    .replace(/[*`\u200b]/g, "")
    .replace(/\s+/g, " ")
    .trim();

const paragraphs = (markdown: string) => markdown.trim().split(/\n\n+/).map(plain);

/** The descriptions of all members of a schema and of what is in them. */
function descriptions(schema: unknown): string[] {
  const { $ref, properties = {}, items } = Object(schema);
  if ($ref) return descriptions(Object(contract.document.components?.schemas)[$ref.split("/").pop()]);
  const members = Object.values<object>(properties).flatMap((member) => {
    const { $ref } = Object(member);
    const { description } = $ref
      ? Object(contract.document.components?.schemas)[$ref.split("/").pop()]
      : Object(member);
    return [...paragraphs(description), ...descriptions(member)];
  });
  return [...members, ...(items ? descriptions(items) : [])];
}
