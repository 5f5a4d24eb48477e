// Writes what the contract says into the Markdown of the site, where it is text: never markup, never a Vue template.

/**
 * An invisible character that is put into text so that no tool takes it for a command. VitePress includes files and marks lines before it
 * knows what is code, and vitepress-plugin-llms reads entities as the characters they stand for. The pages are shown without it.
 */
export const GAP = "\u2060";

/** What has no meaning in Markdown, HTML and templates: letters, digits, spaces, and some punctuation in or after a word. */
const PLAIN = /[\p{L}\p{N} ,;/\u2060]|(?<=[\p{L}\p{N}])[._'-](?=[\p{L}\p{N}])|(?<=\p{L})[.:?!](?= |$)/u;
const NOT_PLAIN = new RegExp(`(?!${PLAIN.source})[^]`, "gu");

/** A text on one line, with each character that could mean something as a character reference. */
export const text = (value: string) =>
  value
    .trim()
    .replace(/\s+/g, " ")
    .replace(/<(?=<)/g, `<${GAP}`) // three of them include a file
    .replace(NOT_PLAIN, (character) => `&#${character.codePointAt(0)};`);

/** A name, a path or a value. In Markdown's way if it has nothing to escape, for those who read the pages as Markdown. */
export const code = (value: string) =>
  /^[\w./:-]+( [\w./:-]+)*$/.test(value) ? `\`${value}\`` : `<code>${text(value)}</code>`;

/** Paragraphs. Of all of Markdown, `code` and **strong** are known, as long as they end in the paragraph in which they begin. */
export const prose = (value: string) => paragraphs(value).join("\n\n");

/** The same for a cell of a table. */
export const cell = (value: string) => paragraphs(value).join(" <br>");

const paragraphs = (value: string) =>
  value
    .trim()
    .split(/\n\s*\n/)
    .map(inline);

const inline = (paragraph: string) =>
  paragraph
    .split(/((?<![`\\])`[^`]+`(?!`)|\*\*[^*`]+\*\*)/)
    .map((part, index) => {
      if (index % 2 === 0) return spaced(part);
      return part.startsWith("`") ? code(part.slice(1, -1)) : `<strong>${text(part.slice(2, -2))}</strong>`;
    })
    .join("");

/** `text` of a part of a paragraph: the spaces around it stay. */
const spaced = (part: string) => `${/^\s/.test(part) ? " " : ""}${text(part)}${/\S\s+$/.test(part) ? " " : ""}`;

/** A link, or the text alone where the address is not one of the web. */
export const link = (label: string, url: string) =>
  /^https?:\/\/[^\s]+$/.test(url) ? `[${text(label)}](${text(url)})` : text(label);

/** A text on one line for the front matter. VitePress includes files even there, and puts it into a script. */
export const yaml = (value: string) =>
  JSON.stringify(value.replace(/\s+/g, " ").replaceAll("<", `<${GAP}`)).replace(/[^ -~]|</g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });

/** A block of code under a label. Its fence is longer than any in the code. */
export function fence(label: string, language: string, source: string): string {
  const longest = Math.max(3, ...Array.from(source.matchAll(/~+/g), ([run]) => run.length));
  const marks = "~".repeat(longest + 1);
  return `${marks}${language} [${text(label)}]\n${source.replace(/<(?=!--|\/?llm-)|\[(?=!code)/g, `$&${GAP}`)}\n${marks}`;
}
