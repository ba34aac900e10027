import { type Run, TerminalScreen } from "./screen.ts";

/** What a program wrote, and when. */
export interface Written {
  /** Milliseconds since it was started. */
  readonly atMs: number;
  readonly text: string;
}

/** What stood on the screen from a moment on. */
export interface Frame {
  readonly atMs: number;
  readonly lines: readonly (readonly Run[])[];
}

/** A picture that stands for a shorter time is left out: nobody could read it. */
const MIN_FRAME_MS = 300;

/** The pictures of a recording, each with what was written until the next one. */
export function framesOf(written: readonly Written[], columns: number): Frame[] {
  const screen = new TerminalScreen(columns);
  const frames: Frame[] = [];
  for (const { atMs, text } of written) {
    screen.write(text);
    const last = frames.at(-1);
    const frame = { atMs, lines: screen.lines() };
    if (last !== undefined && atMs - last.atMs < MIN_FRAME_MS) {
      frames[frames.length - 1] = { ...frame, atMs: last.atMs };
    } else if (JSON.stringify(last?.lines) !== JSON.stringify(frame.lines)) {
      frames.push(frame);
    }
  }
  return frames;
}
