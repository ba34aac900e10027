import { CommanderError } from "commander";
import { SPEC_VARIABLE } from "../spec/spec-variable.ts";
import { exitCodeOf } from "./exit-codes.ts";
import { errorJson, errorText, processOutput } from "./output/output.ts";
import { screenOf } from "./output/screen.ts";
import { createProgram } from "./program.ts";

/**
 * Runs the command line and ends the process with an exit code that shows the kind of failure.
 *
 * @param args arguments after the program's name
 */
export async function main(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const output = processOutput();
  const canceler = new AbortController();
  const cancel = () => canceler.abort();
  process.on("SIGINT", cancel);
  process.on("SIGTERM", cancel);
  const { env: environment, stdout, stderr } = process;
  const screens = {
    stdout: screenOf(stdout, environment),
    stderr: screenOf(stderr, environment),
  };
  const program = createProgram({ output, screens, signal: canceler.signal, environment });
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      // Pulumi shows both streams of a failed command, so one copy of the error is enough.
      if (args.includes("--json") && process.env[SPEC_VARIABLE] === undefined) {
        output.result(errorJson(error));
      }
      output.note(errorText(error));
      process.exitCode = exitCodeOf(error);
    }
  } finally {
    process.off("SIGINT", cancel);
    process.off("SIGTERM", cancel);
  }
}
