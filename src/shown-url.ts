/** A URL as messages show it: the names of a query are worth seeing, but its values may be anything. */
export const shownUrl = (url: string) => url.replace(/(?<=\?.*=)[^&]*/gs, "…");
