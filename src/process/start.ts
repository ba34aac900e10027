/**
 * The only file that starts processes. Arguments are always an array, never a shell line; the
 * environment is exactly what the caller gives. Programs run in one of three ways:
 *
 * - `run` captures the last bytes of the outputs. The program ends by itself, before a deadline.
 * - `follow` hands standard output to the caller piece by piece. The caller's signal ends the
 *   program, which has no deadline.
 * - `runAttached` gives the program this process's own terminal. The program ends by itself or by
 *   the person at the terminal; a deadline is optional.
 *
 * All three return the exit code, and throw `ProcessFailure` for a program that gave none. `run`
 * and `follow` start the program as the leader of a process group and end the whole group
 * (`terminate.ts`). An attached program stays in the terminal's foreground group, so that Ctrl-C
 * reaches it.
 */
import { execa } from "execa";

/** Options that all ways of running a program share. */
export interface StartOptions {
  /** Folder to run in. Defaults to the current one. */
  readonly cwd?: string;
  /** The whole environment of the process: nothing is inherited beside it. */
  readonly env: Readonly<Record<string, string>>;
}

/** Options of {@link startGroup}. */
export interface StartGroupOptions extends StartOptions {
  /** Open descriptors of this process that the process gets as 3, 4 and so on. Defaults to none. */
  readonly inherit?: readonly number[];
  /** Text for standard input. Without it the process reads end of file. */
  readonly stdin?: string;
  /** Whether standard input stays open for the caller to write to. Defaults to false. */
  readonly keepStdinOpen?: boolean;
}

/** Starts a program whose outputs the caller reads, as the leader of a process group of its own. */
export function startGroup(program: string, args: readonly string[], options: StartGroupOptions) {
  return execa(program, args, {
    ...commonOptions(options),
    ...(options.stdin === undefined ? {} : { input: options.stdin }),
    stdio: [
      options.stdin === undefined && options.keepStdinOpen !== true ? "ignore" : "pipe",
      "pipe",
      "pipe",
      // Any number works, although execa's types end at 9.
      ...((options.inherit ?? []) as 3[]),
    ],
    buffer: false,
    // A group of its own, so that ending it also ends compose's plugin process behind the docker
    // CLI.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
}

/** Starts a program with this process's own standard input and outputs. */
export function startAttached(program: string, args: readonly string[], options: StartOptions) {
  return execa(program, args, { ...commonOptions(options), stdio: "inherit" });
}

function commonOptions({ cwd, env }: StartOptions) {
  return { cwd: cwd ?? process.cwd(), env: { ...env }, extendEnv: false, reject: false } as const;
}
