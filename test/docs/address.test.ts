// What a site that knows its address says of it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addressOf, pagesOf } from "./pages.js";

const address = await addressOf("site");
if (!address)
  throw new Error("Build the site with an address: npm run docs -- --url https://docs.example/konpro-client/");

test("search engines and previews are told the address", async () => {
  for (const file of (await pagesOf("site")).filter((name) => name !== "404.html")) {
    const html = await readFile(join("site", file), "utf8");
    expect(html).toContain(`<link rel="canonical" href="${address}${file.replace(/(^|\/)index\.html$/, "$1")}">`);
    expect(html).toContain(`<meta property="og:image" content="${address}preview.png">`);
  }
  expect(await readFile("site/sitemap.xml", "utf8")).toContain(`${address}guide/errors`);
  expect((await readFile("site/preview.png")).subarray(1, 4).toString()).toBe("PNG");
});
