import { pathToFileURL } from "node:url";

/**
 * Reads a program's arguments. If `read` throws, prints why and the usage and gives undefined: the program should exit with 2.
 * `--help` prints the usage and ends the program.
 */
export async function orUsage<Options>(
  usage: string,
  read: () => Options | Promise<Options>,
): Promise<Options | undefined> {
  if (process.argv.includes("--help")) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return await read();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    return undefined;
  }
}

/** Whether a module is the program that was started, and not imported by another one. */
export const isProgram = (url: string) => url === pathToFileURL(process.argv[1] ?? "").href;
