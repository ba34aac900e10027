/** Runs a program on the terminal of this process, for a person to watch and to answer. */
import { constants } from "node:os";
import { ProcessFailure, startFailure } from "./failure.ts";
import { type StartOptions, startAttached } from "./start.ts";
import { endProcessGroup } from "./terminate.ts";

/** Options of {@link runAttached}. */
export interface AttachedOptions extends StartOptions {
  /**
   * Deadline in milliseconds, greater than 0; the process is ended when it passes. Defaults to
   * none: the person at the terminal ends the program.
   */
  readonly timeoutMs?: number;
}

/**
 * Runs a program with this process's own standard input and outputs. Returns its exit code: 0 to
 * 255, or 128 plus the signal's number when a signal ended the program.
 *
 * The program stays in the terminal's foreground group, where Ctrl-C reaches it directly; this
 * process waits for the program to finish. Other signals are passed on, and so is SIGINT where no
 * terminal sends it to both.
 *
 * @throws ProcessFailure when the program cannot be started or passes its deadline
 */
export async function runAttached(
  program: string,
  args: readonly string[],
  options: AttachedOptions,
): Promise<number> {
  const child = startAttached(program, args, options);
  const forward = (signal: NodeJS.Signals) => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) {
      child.kill(signal);
    }
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) {
    process.on(signal, forward);
  }
  let timedOut = false;
  const onDeadline = () => {
    timedOut = true;
    void endProcessGroup(child);
  };
  const { timeoutMs } = options;
  const timer = timeoutMs === undefined ? undefined : setTimeout(onDeadline, timeoutMs);
  try {
    const result = await child;
    if (timedOut) {
      const message = `${program}: ran longer than ${timeoutMs} ms and was ended`;
      throw new ProcessFailure("timed-out", program, message);
    }
    if (result.exitCode !== undefined) {
      return result.exitCode;
    }
    if (result.signal !== undefined) {
      return 128 + constants.signals[result.signal];
    }
    throw startFailure(program, options, result.cause);
  } finally {
    clearTimeout(timer);
    for (const signal of signals) {
      process.off(signal, forward);
    }
  }
}
