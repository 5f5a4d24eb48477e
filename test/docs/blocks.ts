// The blocks of code in README and guides.

/** A block of code. If the line above ends with a path, such as "`examples/list.ts`:", it shows that file of the repository. */
export interface Block {
  file: string | undefined;
  lang: string;
  code: string;
}

export const blocksOf = (markdown: string): Block[] =>
  [...markdown.matchAll(/(?:`((?:examples|test)\/[^`\n]+)`:\n\n)?^```(\w*)\n(.*?)^```/gms)].map(
    ([, file, lang = "", code = ""]) => ({ file, lang, code }),
  );

/** The programs that only the page has, without those that are files, which tests of their own run. */
export const programsOf = (markdown: string): string[] =>
  blocksOf(markdown).flatMap(({ file, lang, code }) => (lang === "ts" && !file ? [code] : []));
