// Runs a program's `main` in this process.
import { onTestFinished, vi } from "vitest";

/** Returns the exit code and the output of `console.log` and `console.error`. */
export async function runMain(main: (args: string[]) => Promise<number>, ...args: string[]) {
  const printed: Record<"log" | "error", string> = { log: "", error: "" };
  for (const method of ["log", "error"] as const) {
    const spy = vi.spyOn(console, method).mockImplementation((line) => {
      printed[method] += `${line}\n`;
    });
    onTestFinished(() => spy.mockRestore());
  }
  return { code: await main(args), stdout: printed.log, stderr: printed.error };
}
