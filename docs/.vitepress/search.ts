// What the search of the site knows of a page.

/** Pages of which only the part before the first heading is indexed: the headings after it recur on every page. */
const BEGINNING_ONLY = /^(reference\/(?!contract-types)|project\/(comparison|contract-language))/;

/** What else people call the operations of each method; shown after the title in the list of what was found. */
const SYNONYMS: Record<string, string> = {
  GET: "get, read",
  POST: "create, register",
  PATCH: "change, edit",
  PUT: "replace, set",
  DELETE: "remove",
};

/** The part of a page's HTML that is searched. */
export function searchable(path: string, html: string): string {
  const words = html
    .replace(/<pre.*?<\/pre>/gs, "") // code adds too many irrelevant words
    .replace(/<tr>\s*<td><a id="([^"]+)"><\/a>([^<]*)/g, '<h3>$2<a href="#$1">#</a></h3>') // a row with an anchor
    .replace(/<(br|\/td|\/th|\/p|\/li)\b/g, " $&"); // VitePress removes the tags without leaving a space
  if (BEGINNING_ONLY.test(path)) return words.replace(/<h2.*/s, "");
  if (!/^operations\/\w/.test(path)) return words;
  const [, summary = ""] = /<strong>(.*?)<\/strong>/s.exec(words) ?? [];
  const [, method = ""] = /<code[^>]*>([A-Z]+) /.exec(words) ?? [];
  return words
    .replace(/<h2 id="errors".*/s, "") // the guide about errors says more
    .replace(/<h1.*?>\S+/, (title) => `${title}: ${summary} (${SYNONYMS[method]})`);
}
