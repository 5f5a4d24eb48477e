/** What `read` makes of a program's arguments; where it throws, says why and what would be right, and gives undefined. */
export async function orUsage<Options>(
  usage: string,
  read: () => Options | Promise<Options>,
): Promise<Options | undefined> {
  try {
    return await read();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    return undefined;
  }
}
