import { REDACTED, type Redactor } from "./redact.ts";
import type { EndFinder } from "./secret-ends.ts";
import { replaceSpans } from "./spans.ts";

/**
 * How long to hold back lines that end within a secret, in milliseconds. The rest of one message of
 * a service arrives sooner.
 */
export const HOLD_MS = 500;

/** Characters of shown text to keep, to find a secret that began there. */
const EARLIER_CHARACTERS = 4 * 1024;

/** Hides secrets in a text that is not complete yet. */
export interface Hiding {
  /** Keeps the number of lines. */
  readonly redact: Redactor;
  /** Looks at the end of the redacted text. */
  readonly openEnd: EndFinder;
}

/**
 * Redacts the log of one container as its lines arrive. Lines that end within a secret are held
 * back until the next lines arrive or 500 ms have passed. If the rest of the secret has not come by
 * then, its part is hidden from 6 characters on, or from 3 on where the secret begins with it.
 */
export class LiveLog {
  /** End of the shown text, with secrets; undefined before anything was shown. */
  #earlier: string | undefined;
  /** Held-back lines, with secrets. */
  #held: readonly string[] = [];
  #dueMs = Number.POSITIVE_INFINITY;

  /** Number of held-back lines. */
  get heldCount(): number {
    return this.#held.length;
  }

  /** Time at which held-back lines are shown in any case; infinite where there are none. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /**
   * Adds lines and returns those that may be shown, in their order.
   *
   * @param nowMs time of a monotonic clock, in milliseconds
   */
  add(lines: readonly string[], { redact, openEnd }: Hiding, nowMs: number): string[] {
    const own = [...this.#held, ...lines];
    if (own.length === 0) {
      return [];
    }
    const before = this.#earlier === undefined ? [] : [this.#earlier];
    const hidden = redact([...before, ...own].join("\n"));
    const end = openEnd(hidden);
    const open = Math.min(end?.lines ?? 0, own.length);
    const isWaitedFor = open > lines.length;
    const isOver = isWaitedFor && this.#dueMs <= nowMs;
    const shownCount = isOver ? own.length : own.length - open;

    this.#held = own.slice(shownCount).map(copyOf);
    if (this.#held.length === 0) {
      this.#dueMs = Number.POSITIVE_INFINITY;
    } else if (!isWaitedFor) {
      this.#dueMs = nowMs + HOLD_MS;
    }
    if (shownCount > 0) {
      const shownText = [...before, ...own.slice(0, shownCount)].join("\n");
      this.#earlier = copyOf(shownText.slice(-EARLIER_CHARACTERS));
    }
    const texts = isOver && end ? replaceSpans(hidden, end.spans, REDACTED) : hidden;
    return texts.split("\n").slice(-own.length).slice(0, shownCount);
  }

  /** Returns the held-back lines at the end of the log. */
  end(redact: Redactor): string[] {
    if (this.#held.length === 0) {
      return [];
    }
    const before = this.#earlier === undefined ? [] : [this.#earlier];
    const hidden = redact([...before, ...this.#held].join("\n"));
    return hidden.split("\n").slice(-this.#held.length);
  }
}

/** Copies a text: a slice would keep the memory of the whole text that it is a part of. */
function copyOf(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
