import type { MarkdownRenderer } from "vitepress";
import { GAP } from "../../scripts/docs/markdown.js";

/** Maps files of the repository to the pages that show them: links to these files are written for the repository and the package. */
const PAGES: Record<string, string> = {
  "docs/project/contract-language.md": "/project/contract-language",
  "README.md": "/guide/get-started",
  "CONTRIBUTING.md": "/project/changing-the-contract",
  "SECURITY.md": "/project/security",
  "CHANGELOG.md": "/project/changelog",
  "bench/README.md": "/project/comparison",
  "openapi.yaml": "/operations/",
};

/** Keeps Vue from interpreting text as templates, in code and elsewhere. */
export function noTemplates(markdown: MarkdownRenderer): void {
  const { text } = markdown.renderer.rules;
  markdown.renderer.rules.text = (...args) => (text?.(...args) ?? "").replaceAll("{", "&#123;");
  markdown.core.ruler.push("no-templates", ({ tokens }) => {
    for (const code of tokens.flatMap(({ children }) => children ?? [])) {
      if (code.type === "code_inline") code.attrSet("v-pre", "");
    }
  });
}

/** Shows the pages without the invisible characters that are there for tools. */
export function withoutGaps(markdown: MarkdownRenderer): void {
  const render = markdown.render.bind(markdown);
  markdown.render = (...args) => render(...args).replaceAll(GAP, "");
}

/** Makes links between files of the repository lead from page to page. */
export function linksOfIncludedFiles(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("links-of-included-files", ({ tokens }) => {
    for (const link of tokens.flatMap(({ children }) => children ?? [])) {
      const [file = "", anchor] = link.attrGet("href")?.split("#") ?? [];
      const page = PAGES[file.replace(/^(\.\.\/\.\.|\.)\//, "")];
      if (page) link.attrSet("href", anchor === undefined ? page : `${page}#${anchor}`);
    }
  });
}
