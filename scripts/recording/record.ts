import { follow } from "../../src/process/follow.ts";
import type { Written } from "./frames.ts";
import { onTerminal, type TerminalSize } from "./on-terminal.ts";

/** Longest recording, in milliseconds: a first start may pull images. */
const DEADLINE_MS = 900_000;

/**
 * Runs a program on a terminal and notes what it writes and when, as a person would see it.
 *
 * @throws Error when it does not end with 0, with what it wrote
 */
export async function record(
  args: readonly string[],
  size: TerminalSize,
  options: { readonly env: Readonly<Record<string, string>>; readonly signal: AbortSignal },
): Promise<Written[]> {
  const written: Written[] = [];
  const startedMs = performance.now();
  const decoder = new TextDecoder();
  let rest = "";
  const [program, all] = onTerminal(args, size);
  const { exitCode } = await follow(program, all, {
    env: options.env,
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(DEADLINE_MS)]),
    onOutput: (chunk) => {
      const text = rest + decoder.decode(chunk, { stream: true });
      // A sequence that is cut in two waits for its second half.
      const whole = text.length - unfinished(text);
      rest = text.slice(whole);
      written.push({ atMs: performance.now() - startedMs, text: text.slice(0, whole) });
    },
  });
  if (exitCode !== 0) {
    const said = written.map(({ text }) => text).join("");
    throw new Error(`${args.join(" ")} ended with ${exitCode ?? "the signal"}:\n${said}`);
  }
  return written;
}

/** How many characters at the end begin a sequence that does not end there. */
export function unfinished(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is how a sequence begins
  return /\x1b(\[[?\d;]*)?$/.exec(text)?.[0].length ?? 0;
}
