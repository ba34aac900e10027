import type { Screen } from "./screen.ts";

/** A text on a terminal that is replaced by the next one. */
export interface LiveText {
  /** Shows a text in the place of the last one; none of its lines may be wider than the screen. */
  show(text: string): void;
  /** Writes lines that stay, above the text. */
  above(text: string): void;
  /** Leaves the last text where it is. */
  keep(): void;
  /** Takes the text off the screen. */
  clear(): void;
}

/** Begins such a text on a screen that is a terminal. */
export async function liveText({ stream }: Screen): Promise<LiveText> {
  // Only now: whoever sees no terminal need not wait for it.
  const { createLogUpdate } = await import("log-update");
  // The cursor stays: nothing has to be put right when the process is killed.
  const update = createLogUpdate(stream as NodeJS.WriteStream, { showCursor: true });
  let last = "";
  return {
    show: (text) => {
      last = text;
      update(text);
    },
    above: (text) => {
      update.persist(text);
      if (last !== "") {
        update(last);
      }
    },
    keep: () => update.done(),
    clear: () => update.clear(),
  };
}
