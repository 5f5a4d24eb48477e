// Escapes the contract's texts for the site's Markdown, so that they are never markup or Vue templates.

/**
 * An invisible character that keeps tools from interpreting text. VitePress includes files and marks lines before it detects code, and
 * vitepress-plugin-llms decodes entities. It is removed from the rendered pages.
 */
export const GAP = "\u2060";

/** Characters without meaning in Markdown, HTML and templates: letters, digits, spaces, and some punctuation in or after a word. */
const PLAIN = /[\p{L}\p{N} ,;/\u2060]|(?<=[\p{L}\p{N}])[._'-](?=[\p{L}\p{N}])|(?<=\p{L})[.:?!](?= |$)/u;
const NOT_PLAIN = new RegExp(`(?!${PLAIN.source})[^]`, "gu");

/** A text on one line, with all characters that could have a meaning as character references. */
export const text = (value: string) =>
  value
    .trim()
    .replace(/\s+/g, " ")
    .replace(/<(?=<)/g, `<${GAP}`) // three in a row include a file
    .replace(NOT_PLAIN, (character) => `&#${character.codePointAt(0)};`);

/** A name, a path or a value. Uses Markdown backticks where nothing needs escaping, so that the raw pages stay readable. */
export const code = (value: string) =>
  /^[\w./:-]+( [\w./:-]+)*$/.test(value) ? `\`${value}\`` : `<code>${text(value)}</code>`;

/** Paragraphs. The only Markdown that is kept is `code` and **strong** within a paragraph. */
export const prose = (value: string) => paragraphs(value).join("\n\n");

/** The same for a table cell. */
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

/** `text` for a part of a paragraph; keeps the spaces around it. */
const spaced = (part: string) => `${/^\s/.test(part) ? " " : ""}${text(part)}${/\S\s+$/.test(part) ? " " : ""}`;

/** A link, or only the text if the URL is not http(s). */
export const link = (label: string, url: string) =>
  /^https?:\/\/[^\s]+$/.test(url) ? `[${text(label)}](${text(url)})` : text(label);

/** A text on one line for the front matter: VitePress includes files even there, and copies it into a script. */
export const yaml = (value: string) =>
  JSON.stringify(value.replace(/\s+/g, " ").replaceAll("<", `<${GAP}`)).replace(/[^ -~]|</g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });

/** A labelled code block, whose fence is longer than any in the code. */
export function fence(label: string, language: string, source: string): string {
  const longest = Math.max(3, ...Array.from(source.matchAll(/~+/g), ([run]) => run.length));
  const marks = "~".repeat(longest + 1);
  return `${marks}${language} [${text(label)}]\n${source.replace(/<(?=!--|\/?llm-)|\[(?=!code)/g, `$&${GAP}`)}\n${marks}`;
}
