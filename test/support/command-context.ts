/** A context of the command line whose outputs a test reads. */

import type { CommandContext } from "../../src/cli/command-context.ts";
import { type OutputStream, screenOf } from "../../src/cli/output/screen.ts";

/** What a test says of the process that a command runs in. */
export interface ContextOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Width of the terminal that both outputs are; none where they are files. */
  readonly columns?: number;
  /** Takes what is written to a terminal as it comes. */
  readonly onScreen?: (text: string) => void;
  /** Takes each note as it comes. */
  readonly onNote?: (text: string) => void;
}

/** A context, and what has been written in it. */
export function testContext(options: ContextOptions = {}) {
  const {
    environment = {},
    signal = new AbortController().signal,
    columns,
    onScreen,
    onNote,
  } = options;
  const written = { results: [] as string[], notes: [] as string[], screen: "" };
  const stream: OutputStream = {
    ...(columns === undefined ? {} : { isTTY: true, columns }),
    write: (text) => {
      written.screen += text;
      onScreen?.(text);
    },
  };
  const screen = screenOf(stream, environment);
  const stdoutClosed = new AbortController();
  const context: CommandContext = {
    output: {
      result: (text) => written.results.push(text),
      note: (text) => {
        written.notes.push(text);
        onNote?.(text);
      },
      stream: async (text) => {
        written.results.push(text);
      },
      stdoutClosed: stdoutClosed.signal,
    },
    screens: { stdout: screen, stderr: screen },
    signal,
    environment,
  };
  return { context, written, stdoutClosed };
}
