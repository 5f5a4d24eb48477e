import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type DefaultTheme, defineConfig, type HeadConfig } from "vitepress";
import llms from "vitepress-plugin-llms";
import { GAP } from "../../scripts/docs/markdown.js";
import { linksOfIncludedFiles, noTemplates, withoutGaps } from "./markdown.js";
import { searchable } from "./search.js";

const json = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));

const { name, description, version }: Record<"name" | "description" | "version", string> = json("../../package.json");
const operations: DefaultTheme.SidebarItem[] = json("../operations/sidebar.json");
const reference = unfolded(json("../reference/typedoc-sidebar.json"));

/** Where the site will be, if that is known: it ends in a slash. */
const address = process.env.DOCS_URL ? new URL(process.env.DOCS_URL.replace(/\/*$/, "/")) : undefined;

const guides = [
  { text: "Get started", link: "/guide/get-started" },
  { text: "Errors", link: "/guide/errors" },
  { text: "Retries and deadlines", link: "/guide/retries" },
  { text: "Secrets", link: "/guide/secrets" },
  { text: "Testing", link: "/guide/testing" },
  { text: "Validation", link: "/guide/validation" },
  { text: "Receiving events", link: "/guide/receiving-events" },
  { text: "Recipes", link: "/guide/recipes" },
];

const project = [
  { text: "Contributing", link: "/project/changing-the-contract" },
  { text: "Supported OpenAPI", link: "/project/contract-language" },
  { text: "Tested versions", link: "/project/tested-versions" },
  { text: "Comparison", link: "/project/comparison" },
  { text: "Security", link: "/project/security" },
  { text: "Changelog", link: "/project/changelog" },
];

/** Pages that VitePress does not generate must bypass its router. */
const beside = [
  { text: "The contract on one page", link: "/api.html", target: "_self" },
  { text: "openapi.yaml", link: "/openapi.yaml", target: "_self" },
  { text: "llms.txt", link: "/llms.txt", target: "_self" },
];

export default defineConfig({
  title: name,
  description,
  lang: "en",
  base: address?.pathname ?? "/",
  outDir: "../site",
  cacheDir: "../.cache/docs/vitepress",
  metaChunk: true, // scripts in files, which the policy allows
  router: { prefetchLinks: false }, // do not load linked pages in advance
  head: [
    ["link", { rel: "icon", href: `${address?.pathname ?? "/"}icon.svg`, type: "image/svg+xml" }],
    ["meta", { name: "theme-color", content: "#3451b2" }],
  ],
  ...(address && { sitemap: { hostname: address.href } }),
  transformHead: ({ siteData, pageData, title, description }) => [
    policy(siteData.head),
    ...social(pageData.relativePath, title, description),
  ],
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config: (markdown) => {
      markdown.use(noTemplates).use(withoutGaps).use(linksOfIncludedFiles);
    },
  },
  vite: {
    plugins: [llms({ description, ...(address && { domain: address.origin }) })],
    build: { chunkSizeWarningLimit: 2_000 }, // the index of the search, which is loaded when somebody searches
  },
  themeConfig: {
    nav: [
      { text: "Guides", link: "/guide/get-started", activeMatch: "/guide/" },
      { text: "Operations", link: "/operations/", activeMatch: "/operations/" },
      { text: "Reference", link: "/reference/", activeMatch: "/reference/" },
      { text: version, items: [...project, ...beside] },
    ],
    sidebar: {
      "/operations/": [
        { text: "All operations", link: "/operations/" },
        ...operations,
        { text: "Other formats", items: beside },
      ],
      "/reference/": [
        { text: "Overview", link: "/reference/" },
        { text: "Types of the contract", link: "/reference/contract-types" },
        ...reference,
      ],
      "/": [
        { text: "Guides", items: guides },
        {
          text: "Look up",
          items: [
            { text: "Operations", link: "/operations/" },
            { text: "TypeScript reference", link: "/reference/" },
          ],
        },
        { text: "The project", items: project },
        { text: "Other formats", items: beside },
      ],
    },
    outline: [2, 3],
    search: {
      provider: "local",
      options: {
        detailedView: true,
        _render: (source, env, markdown) => searchable(env.relativePath, markdown.render(source, env)),
        miniSearch: {
          searchOptions: {
            fuzzy: 0.1, // 401 is not 404
            boost: { title: 4, titles: 2, text: 1 },
            bm25: { k: 1.2, b: 0.1, d: 0.5 }, // do not penalise long sections
          },
        },
      },
    },
    footer: {
      message: "MIT. Not affiliated with KonPro AI. Documented by the vendor, not confirmed.",
    },
    externalLinkIcon: true,
    notFound: {
      title: "Page not found",
      quote: "There is no page at this address. Try the search.",
      linkText: "Go to the home page",
      linkLabel: "Go to the home page",
    },
  },
});

/**
 * Collapsible lists nest buttons, which screen readers cannot tell apart. llms.txt prepends the site's address only to links
 * without `.md`.
 */
function unfolded(items: DefaultTheme.SidebarItem[]): DefaultTheme.SidebarItem[] {
  return items.map(({ collapsed: _, link, ...item }) => ({
    ...item,
    ...(link && { link: link.replace(/\.md$/, "") }),
    ...(item.items && { items: unfolded(item.items) }),
  }));
}

/** What a page may load: its own files, and the scripts that VitePress writes into its head. */
function policy(head: HeadConfig[]): HeadConfig {
  const scripts = head.flatMap(([tag, , code]) => (tag === "script" && code ? [`'sha256-${sha256(code)}'`] : []));
  const content = [
    "default-src 'none'",
    `script-src 'self' ${[...new Set(scripts)].join(" ")}`,
    "style-src 'self' 'unsafe-inline'", // the colours of code are attributes
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return ["meta", { "http-equiv": "Content-Security-Policy", content }];
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");

/** Tags for search engines and previews; some of them need the site's address. */
function social(file: string, title: string, description: string): HeadConfig[] {
  const property = (property: string, content: string): HeadConfig => ["meta", { property, content }];
  const escaped = (text: string) => text.replaceAll(GAP, "").replaceAll("&", "&amp;"); // VitePress leaves what looks like an entity
  const shown = escaped(description);
  const tags: HeadConfig[] = [
    ["meta", { name: "description", content: shown }], // VitePress's own is not escaped
    property("og:title", escaped(title)),
    property("og:description", shown),
    property("og:type", "website"),
  ];
  if (!address || file === "404.md") return tags;
  const url = new URL(file.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, ".html"), address).href;
  return [
    ...tags,
    ["link", { rel: "canonical", href: url }],
    property("og:url", url),
    property("og:image", new URL("preview.png", address).href),
    ["meta", { name: "twitter:card", content: "summary_large_image" }],
  ];
}
