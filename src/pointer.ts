/** A name as it stands in a JSON pointer. */
export const escapeName = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");

/** The reverse of {@link escapeName}. */
export const unescapeName = (name: string) => name.replaceAll("~1", "/").replaceAll("~0", "~");
