import type { MarkdownRenderer } from "vitepress";

/** The pages that show files of the repository: their links are written for the repository. */
const PAGES: Record<string, string> = {
  "README.md": "/guide/get-started",
  "CONTRIBUTING.md": "/project/changing-the-contract",
  "SECURITY.md": "/project/security",
  "CHANGELOG.md": "/project/changelog",
  "bench/README.md": "/project/comparison",
};

/** Keeps Vue from taking what is in code for its own. */
export function codeAsItIs(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("code-as-it-is", ({ tokens }) => {
    for (const code of tokens.flatMap(({ children }) => children ?? [])) {
      if (code.type === "code_inline") code.attrSet("v-pre", "");
    }
  });
}

/** Makes links between files of the repository lead from page to page. */
export function linksOfIncludedFiles(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("links-of-included-files", ({ tokens }) => {
    for (const link of tokens.flatMap(({ children }) => children ?? [])) {
      const [file = "", anchor] = link.attrGet("href")?.split("#") ?? [];
      const page = PAGES[file];
      if (page) link.attrSet("href", anchor === undefined ? page : `${page}#${anchor}`);
    }
  });
}
