import { REDACTED, type Redactor } from "./redact.ts";
import type { EndFinder } from "./secret-ends.ts";
import { replaceSpans } from "./spans.ts";

/**
 * How long lines are held back that end within a secret, in milliseconds. What a service says in one
 * breath arrives sooner.
 */
export const HOLD_MS = 500;

/** So much of what was shown is kept, to find a secret that began there. */
const EARLIER_CHARACTERS = 4 * 1024;

/** How secrets are hidden in a text of which more is to come. */
export interface Hiding {
  /** Keeps the number of lines. */
  readonly redact: Redactor;
  /** Looks at what that has left. */
  readonly openEnd: EndFinder;
}

/**
 * What one container says, in parts. Lines that end within a secret are held back, since the rest of it
 * may come: until it has, or something else has, or 500 ms are over. The part that is then shown
 * without the rest is hidden from 6 characters on, and from 3 on where the secret begins with it.
 */
export class ContainerLog {
  /** The end of what was shown, with secrets; undefined before anything was. */
  #earlier: string | undefined;
  /** Lines that are held back, with secrets. */
  #held: readonly string[] = [];
  #dueMs = Number.POSITIVE_INFINITY;

  /** How many lines are held back. */
  get heldCount(): number {
    return this.#held.length;
  }

  /** When what is held back is shown whatever comes; infinite where there is nothing. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /**
   * Takes further lines and returns those that may be shown, in the order in which they came.
   *
   * @param nowMs time by a clock that never goes back
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
      const said = [...before, ...own.slice(0, shownCount)].join("\n");
      this.#earlier = copyOf(said.slice(-EARLIER_CHARACTERS));
    }
    const texts = isOver && end ? replaceSpans(hidden, end.spans, REDACTED) : hidden;
    return texts.split("\n").slice(-own.length).slice(0, shownCount);
  }

  /** The lines that are held back still, when nothing comes any more. */
  end(redact: Redactor): string[] {
    if (this.#held.length === 0) {
      return [];
    }
    const before = this.#earlier === undefined ? [] : [this.#earlier];
    const hidden = redact([...before, ...this.#held].join("\n"));
    return hidden.split("\n").slice(-this.#held.length);
  }
}

/** The text in memory of its own: a part of a longer one keeps all of that. */
function copyOf(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
