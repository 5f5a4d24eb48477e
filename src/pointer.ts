/** A name as it stands in a JSON pointer. */
export const escapeName = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");
