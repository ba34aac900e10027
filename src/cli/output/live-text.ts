import type { Screen } from "./screen.ts";

/** A text on a terminal that is updated in place. */
export interface LiveText {
  /** Replaces the text. No line may be wider than the screen. */
  show(text: string): void;
  /** Writes permanent lines above the text. */
  above(text: string): void;
  /** Leaves the last text on the screen. */
  keep(): void;
  /** Clears the text from the screen. */
  clear(): void;
}

/** Starts a live text on a screen that is a terminal. */
export async function liveText({ stream }: Screen): Promise<LiveText> {
  // Imported late: without a terminal the module is not needed.
  const { createLogUpdate } = await import("log-update");
  // The cursor stays visible, so that a killed process leaves the terminal intact.
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
