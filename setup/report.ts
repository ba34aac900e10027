/** Lines of the set-up for the person who waits, all in one shape and on standard error. */
export interface Report {
  /** A step is satisfied. */
  ok(line: string): void;
  /** A step begins to change something: what, and why. */
  doing(line: string): void;
  /** More about the step under way. */
  detail(line: string): void;
  /** Something that a person should know although nothing failed. */
  note(line: string): void;
}

/** Writes reports with `write`; standard output stays free for what was asked for. */
export function createReport(
  write: (text: string) => void = (text) => process.stderr.write(text),
): Report {
  const line = (tag: string) => (text: string) => write(`${tag}  ${text}\n`);
  return { ok: line("ok"), doing: line(".."), detail: line("  "), note: line("!!") };
}

/** Milliseconds in the unit that a person would say: "850 ms", "12 s", "3 min 5 s". */
export function duration(ms: number): string {
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** The same report without the lines about what is in order. */
export function withoutOk(report: Report): Report {
  return { ...report, ok: () => {} };
}
