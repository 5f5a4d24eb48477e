import { pathToFileURL } from "node:url";

/**
 * Makes the `main` of a program: reads the arguments, runs, and gives the exit code.
 *
 * @param usage - what `--help` prints, and what follows the message if `read` throws: then the exit code is 2
 * @param read - takes the options from the arguments, or throws
 * @param run - does the work; gives the exit code
 */
export const program =
  <Options>(
    usage: string,
    read: (args: string[]) => Options | Promise<Options>,
    run: (options: Options) => Promise<number>,
  ) =>
  async (args: string[]): Promise<number> => {
    if (args.includes("--help")) {
      console.log(usage);
      return 0;
    }
    let options: Options;
    try {
      options = await read(args);
    } catch (error) {
      console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
      return 2;
    }
    return run(options);
  };

/** Runs a module's `main` if the module is the program that was started, and not imported by another one. */
export async function start(url: string, main: (args: string[]) => Promise<number>): Promise<void> {
  if (url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = await main(process.argv.slice(2));
}
