import { CommanderError } from "commander";
import { StopRequest } from "../process/stop-request.ts";
import { SPEC_VARIABLE } from "../spec/spec-variable.ts";
import { exitCodeOf } from "./exit-codes.ts";
import { errorJson, errorText } from "./output/output.ts";
import { processContext } from "./process-context.ts";
import { createProgram } from "./program.ts";

/**
 * Runs the command line and ends the process with an exit code that shows the kind of failure.
 *
 * @param args arguments after the program's name
 */
export async function main(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const canceler = new AbortController();
  const cancel = (name: NodeJS.Signals) => canceler.abort(new StopRequest(name));
  process.on("SIGINT", cancel);
  process.on("SIGTERM", cancel);
  const context = processContext({ signal: canceler.signal, environment: process.env });
  const { output } = context;
  const program = createProgram(context);
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      process.exitCode = 0;
    } else {
      await report(error);
    }
  } finally {
    process.off("SIGINT", cancel);
    process.off("SIGTERM", cancel);
  }

  async function report(thrown: unknown): Promise<void> {
    const { reported } = await import("./reported-error.ts");
    const error = reported(thrown, canceler.signal);
    // Pulumi shows both streams of a failed command, so one copy of the error is enough.
    if (asksForJson(args) && process.env[SPEC_VARIABLE] === undefined) {
      output.result(errorJson(error));
    }
    // Without a command the help is the answer, and stands there already.
    if (!(thrown instanceof CommanderError)) {
      output.note(errorText(error));
    }
    process.exitCode = exitCodeOf(error);
  }
}

/** Whether a command line asks for JSON. Words behind `--` belong to another program. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).some((word) => /^--json(=|$)/.test(word));
}
