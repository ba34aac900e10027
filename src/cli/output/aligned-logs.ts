/** Prefixes of log lines, `api-1  | `, in one width: compose pads each to the containers met so far. */
import { partsOfLine } from "../../redaction/log-lines.ts";

/** Pads the names in front of log lines to the longest name so far. */
export class AlignedLogs {
  #width: number;
  /** Prefix of the line before, as it came and as it is shown: usually the next line's as well. */
  #last = { given: "", shown: "" };

  /** @param names names of containers whose lines are to come, as far as they are known */
  constructor(names: readonly string[] = []) {
    this.#width = Math.max(0, ...names.map((name) => name.length));
  }

  /** Returns the lines with prefixes of one width. Lines without a prefix stay as they are. */
  align(lines: readonly string[]): readonly string[] {
    const { given, shown } = this.#last;
    // Usually all lines are like the last one: they are not copied, as they may be very many.
    if (given !== "" && given === shown && lines.every((line) => line.startsWith(given))) {
      return lines;
    }
    const before = this.#width;
    for (const line of lines) {
      this.#meet(line);
    }
    if (this.#width !== before) {
      this.#last = { given: "", shown: "" };
    }
    return lines.map((line) => this.#aligned(line));
  }

  #meet(line: string): void {
    if (!this.#isLike(line)) {
      this.#width = Math.max(this.#width, partsOfLine(line).container.length);
      this.#remember(line);
    }
  }

  #aligned(line: string): string {
    if (!this.#isLike(line)) {
      this.#remember(line);
    }
    const { given, shown } = this.#last;
    return given === shown ? line : shown + line.slice(given.length);
  }

  #isLike(line: string): boolean {
    return this.#last.given !== "" && line.startsWith(this.#last.given);
  }

  #remember(line: string): void {
    const { container, text } = partsOfLine(line);
    const given = line.slice(0, line.length - text.length);
    const shown = container === "" ? given : `${container.padEnd(this.#width)}  | `;
    this.#last = { given, shown };
  }
}
