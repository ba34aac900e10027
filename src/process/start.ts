/**
 * The only place that starts processes which this program reads. Arguments are always an array, never
 * a shell line; the environment is what the caller gives and nothing else.
 */
import { execa } from "execa";

/** What a process is started with. */
export interface StartOptions {
  /** Folder to run in. Defaults to the current one. */
  readonly cwd?: string;
  /** The whole environment of the process: nothing is inherited beside it. */
  readonly env: Readonly<Record<string, string>>;
  /** Open descriptors of this process that the process gets as 3, 4 and so on. Defaults to none. */
  readonly inherit?: readonly number[];
  /** Text for standard input. Without it the process reads end of file. */
  readonly stdin?: string;
  /** Whether standard input stays open for the caller to write to. Defaults to false. */
  readonly keepStdinOpen?: boolean;
}

/** Starts a program whose outputs the caller reads, as the leader of a process group of its own. */
export function startGroup(program: string, args: readonly string[], options: StartOptions) {
  // A group of its own, so that its end is that of compose's plugin process too and not only of the
  // docker CLI in front of it.
  return execa(program, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...options.env },
    extendEnv: false,
    ...(options.stdin === undefined ? {} : { input: options.stdin }),
    stdio: [
      options.stdin === undefined && options.keepStdinOpen !== true ? "ignore" : "pipe",
      "pipe",
      "pipe",
      // Any number will do, although execa's types end at 9.
      ...((options.inherit ?? []) as 3[]),
    ],
    buffer: false,
    reject: false,
    detached: process.platform !== "win32",
    windowsHide: true,
  });
}
