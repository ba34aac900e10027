import { cleanText } from "../text/clean.ts";
import { ContainerLog, type Hiding } from "./container-log.ts";
import { linesByPrefix } from "./log-lines.ts";
import type { Redactor } from "./redact.ts";

/** Longest line that is shown, in UTF-16 units; docker's own log driver cuts at as many bytes. */
const MAX_LINE_CHARACTERS = 16 * 1024;

/**
 * Longest line to be handed in. What is longer than shown is looked at for secrets that lie across
 * the cut, the longest of which is the base64 of an RSA key.
 */
export const MAX_LINE_TO_READ = MAX_LINE_CHARACTERS + 8 * 1024;

/** Most containers whose earlier lines are kept. */
const MAX_CONTAINERS = 256;

/**
 * Hides secrets in a log that comes in parts, as `redactLogs` does in one that is there as a whole.
 * Lines of several containers come mixed: each is judged with what the same container said before, so
 * that a secret that was broken over lines is found wherever a part ends. The lines of a container
 * stay in order; other containers do not wait for one whose lines are held back.
 */
export class LogWindow {
  /** By what stands before a container's lines, the last one that spoke at the end. */
  readonly #containers = new Map<string, ContainerLog>();

  /** When the first of the lines that are held back is shown whatever comes; infinite where none is. */
  get dueMs(): number {
    return Math.min(
      Number.POSITIVE_INFINITY,
      ...[...this.#containers.values()].map(({ dueMs }) => dueMs),
    );
  }

  /**
   * What of these lines, and of those that were held back, may be shown now: cleaned, and no longer
   * than 16 Ki characters each.
   *
   * @param nowMs time by a clock that never goes back
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

  /** What is held back still, when nothing comes any more. */
  end(redact: Redactor): string[] {
    return cut(
      [...this.#containers].flatMap(([prefix, container]) =>
        withPrefix(prefix, container.end(redact)),
      ),
    );
  }

  #spoke(prefix: string): ContainerLog {
    const container = this.#containers.get(prefix) ?? new ContainerLog();
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
