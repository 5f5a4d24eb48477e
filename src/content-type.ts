/** The media type without its parameters, which could contain anything. */
export function contentTypeOf(headers: Headers): string | null {
  const [type = ""] = headers.get("content-type")?.split(";") ?? [];
  return /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type.trim()) ? type.trim() : null;
}
