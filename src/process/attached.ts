/** Runs a program on the terminal of this process, for a person to watch and to answer. */
import { constants } from "node:os";
import { execa } from "execa";
import { ProcessFailure } from "./failure.ts";
import { startFailure } from "./start-failure.ts";
import { endProcessGroup } from "./terminate.ts";

/** Options of {@link runAttached}. */
export interface AttachedOptions {
  /** Folder to run in. Defaults to the current one. */
  readonly cwd?: string;
  /** The whole environment of the process: nothing is inherited beside it. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Deadline in milliseconds, greater than 0; the process is ended when it passes. Defaults to none:
   * what a person works in, the person ends.
   */
  readonly timeoutMs?: number;
}

/**
 * Runs a program with this process's own standard input and outputs, and returns its exit code,
 * whatever that is: 0 to 255, and 128 with the signal's number when a signal ended it.
 *
 * The program stays in the terminal's foreground group, where Ctrl-C reaches it directly; this
 * process waits for it to end in good order. Other signals, and SIGINT where there is no terminal
 * to send it to both, are passed on.
 *
 * @throws ProcessFailure when it cannot be started or passes its deadline
 */
export async function runAttached(
  program: string,
  args: readonly string[],
  options: AttachedOptions,
): Promise<number> {
  const child = execa(program, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...options.env },
    extendEnv: false,
    stdio: "inherit",
    reject: false,
  });
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
