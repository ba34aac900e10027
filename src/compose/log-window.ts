import { cleanText } from "../text/clean.ts";
import type { Redactor } from "../text/redact.ts";
import { linesByPrefix } from "./logs.ts";

/** Longest line that is shown, in UTF-16 units; docker's own log driver cuts at as many bytes. */
const MAX_LINE_CHARACTERS = 16 * 1024;

/**
 * Longest line to be handed in. What is longer than shown is looked at for secrets that lie across
 * the cut, the longest of which is the base64 of an RSA key.
 */
export const MAX_LINE_TO_READ = MAX_LINE_CHARACTERS + 8 * 1024;

/** So much of what each container said before is kept, to find a secret that began there. */
const EARLIER_CHARACTERS = 4 * 1024;

/** Most containers whose earlier lines are kept. */
const MAX_CONTAINERS = 256;

/**
 * Hides secrets in a log that comes in parts, as `redactLogs` does in one that is there as a whole.
 * Lines of several containers come mixed: each is judged with what the same container said before, so
 * that a secret that was broken over lines is found also where a part ends within it. Only its first
 * characters are not, where no more than 5 of them end a part.
 */
export class LogWindow {
  /** By what stands before a container's lines, the last one that spoke at the end. */
  readonly #earlier = new Map<string, string>();

  /**
   * The lines as they may be shown, cleaned and no longer than 16 Ki characters each.
   *
   * @param redact keeps the number of lines
   */
  show(lines: readonly string[], redact: Redactor): string[] {
    const shown = cleanText(lines.join("\n")).split("\n");
    for (const [prefix, own] of linesByPrefix(shown)) {
      const said = own.map((n) => shown[n]?.slice(prefix.length)).join("\n");
      const earlier = this.#earlier.get(prefix);
      const all = earlier === undefined ? said : `${earlier}\n${said}`;
      const hidden = redact(all);
      if (hidden !== all) {
        const texts = hidden.split("\n").slice(-own.length);
        own.forEach((n, index) => {
          shown[n] = `${prefix}${texts[index]}`;
        });
      }
      this.#remember(prefix, copyOf(all.slice(-EARLIER_CHARACTERS)));
    }
    return shown.map((line) => line.slice(0, MAX_LINE_CHARACTERS));
  }

  #remember(prefix: string, said: string): void {
    this.#earlier.delete(prefix);
    this.#earlier.set(prefix, said);
    const [oldest] = this.#earlier.keys();
    if (this.#earlier.size > MAX_CONTAINERS && oldest !== undefined) {
      this.#earlier.delete(oldest);
    }
  }
}

/** The text in memory of its own: a part of a longer one keeps all of that. */
function copyOf(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
