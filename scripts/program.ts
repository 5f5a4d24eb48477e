import { pathToFileURL } from "node:url";

/**
 * Creates the `main` of a program: reads the arguments, runs, and returns the exit code.
 *
 * @param usage - printed for `--help`, and after the message if `read` throws: then the exit code is 2
 * @param read - returns the options from the arguments, or throws
 * @param run - does the work and returns the exit code
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

/** Runs a module's `main` if the module was started as a program, not imported. */
export async function start(url: string, main: (args: string[]) => Promise<number>): Promise<void> {
  if (url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = await main(process.argv.slice(2));
}
