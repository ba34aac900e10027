import { useCompileCache } from "../compile-cache.ts";

/**
 * Runs the command line and ends the process with an exit code that shows the kind of failure.
 *
 * @param args arguments after the program's name. Defaults to those of this process
 */
export async function main(args?: readonly string[]): Promise<void> {
  useCompileCache();
  await (await import("./main.ts")).main(args);
}
