import { cleanText } from "../text/clean.ts";
import { type Hiding, LiveLog } from "./live-log.ts";
import { linesByPrefix } from "./log-lines.ts";
import type { Redactor } from "./redact.ts";

/** Longest line to show, in UTF-16 units. Docker's own log driver cuts at as many bytes. */
const MAX_LINE_CHARACTERS = 16 * 1024;

/**
 * Longest line to hand in, in UTF-16 units. Longer than a shown line, to find secrets that lie
 * across the cut; the longest of them is the base64 of an RSA key.
 */
export const MAX_LINE_TO_READ = MAX_LINE_CHARACTERS + 8 * 1024;

/** Number of containers whose earlier lines are kept. */
const MAX_CONTAINERS = 256;

/**
 * Hides secrets in a log that arrives in parts, as `redactLogs` does in a whole one. Each
 * container's lines are looked at with its earlier ones, so that a secret broken over lines is
 * found wherever a part ends. The lines of a container stay in order; other containers do not wait
 * for held-back lines.
 */
export class LogWindow {
  /** Containers by the prefix of their lines, in the order of their latest line. */
  readonly #containers = new Map<string, LiveLog>();

  /** Time at which the first held-back line is shown in any case; infinite where there is none. */
  get dueMs(): number {
    return Math.min(
      Number.POSITIVE_INFINITY,
      ...[...this.#containers.values()].map(({ dueMs }) => dueMs),
    );
  }

  /**
   * Adds lines and returns those that may be shown now, held-back ones among them: cleaned, and of
   * at most 16 Ki characters each.
   *
   * @param nowMs time of a monotonic clock, in milliseconds
   */
  show(lines: readonly string[], hiding: Hiding, nowMs: number): string[] {
    const cleaned = lines.length === 0 ? [] : cleanText(lines.join("\n")).split("\n");
    const places = linesByPrefix(cleaned);
    const heldBefore: string[] = [];
    for (const [prefix, container] of this.#containers) {
      if (!places.has(prefix) && container.dueMs <= nowMs) {
        heldBefore.push(...withPrefix(prefix, container.add([], hiding, nowMs)));
      }
    }
    const shown = new Map<number, string>();
    for (const [prefix, own] of places) {
      const container = this.#spoke(prefix);
      const added = own.map((place) => cleaned[place]?.slice(prefix.length) ?? "");
      const heldCount = container.heldCount;
      const texts = withPrefix(prefix, container.add(added, hiding, nowMs));
      heldBefore.push(...texts.slice(0, heldCount));
      texts.slice(heldCount).forEach((text, n) => {
        shown.set(own[n] ?? 0, text);
      });
    }
    heldBefore.push(...this.#forgetOldest(hiding));
    const inOrder = cleaned.flatMap((_, place) => shown.get(place) ?? []);
    return cut([...heldBefore, ...inOrder]);
  }

  /** Returns the held-back lines at the end of the log. */
  end(redact: Redactor): string[] {
    return cut(
      [...this.#containers].flatMap(([prefix, container]) =>
        withPrefix(prefix, container.end(redact)),
      ),
    );
  }

  #spoke(prefix: string): LiveLog {
    const container = this.#containers.get(prefix) ?? new LiveLog();
    this.#containers.delete(prefix);
    this.#containers.set(prefix, container);
    return container;
  }

  #forgetOldest(hiding: Hiding): string[] {
    const tooMany = Math.max(0, this.#containers.size - MAX_CONTAINERS);
    return [...this.#containers].slice(0, tooMany).flatMap(([prefix, container]) => {
      this.#containers.delete(prefix);
      return withPrefix(prefix, container.add([], hiding, Number.POSITIVE_INFINITY));
    });
  }
}

function withPrefix(prefix: string, texts: readonly string[]): string[] {
  return texts.map((text) => prefix + text);
}

function cut(lines: readonly string[]): string[] {
  return lines.map((line) => line.slice(0, MAX_LINE_CHARACTERS));
}
