import type { CommandContext } from "./command-context.ts";
import { processOutput } from "./output/output.ts";
import { screenOf } from "./output/screen.ts";

/** Makes the context of a command that writes to the outputs of this process. */
export function processContext({
  signal,
  environment,
}: Pick<CommandContext, "signal" | "environment">): CommandContext {
  const { stdout, stderr } = process;
  return {
    output: processOutput(),
    screens: { stdout: screenOf(stdout, environment), stderr: screenOf(stderr, environment) },
    signal,
    environment,
  };
}
