/** Progress lines of the setup, all in one format and on standard error. */
export interface Report {
  /** Reports a step that is satisfied. */
  ok(line: string): void;
  /** Reports a change that begins: the change and its reason. */
  doing(line: string): void;
  /** Reports a detail of the current step. */
  detail(line: string): void;
  /** Reports a fact that a person should know although nothing failed. */
  note(line: string): void;
}

/** Creates a report that writes with `write`; standard output stays free for results. */
export function createReport(
  write: (text: string) => void = (text) => process.stderr.write(text),
): Report {
  const line = (tag: string) => (text: string) => write(`${tag}  ${text}\n`);
  return { ok: line("ok"), doing: line(".."), detail: line("  "), note: line("!!") };
}

/** Formats milliseconds for people: "850 ms", "12 s", "3 min 5 s". */
export function duration(ms: number): string {
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Returns a report that tells of a satisfied step only after lines of its own: of a step that had
 * nothing to do nobody needs to read.
 */
export function withoutIdle(report: Report): Report {
  let isBusy = false;
  const busy = (tell: (line: string) => void) => (line: string) => {
    isBusy = true;
    tell(line);
  };
  return {
    ok: (line) => {
      if (isBusy) {
        report.ok(line);
      }
      isBusy = false;
    },
    doing: busy(report.doing),
    detail: busy(report.detail),
    note: report.note,
  };
}

/** Returns a report without the lines about satisfied steps. */
export function withoutOk(report: Report): Report {
  return { ...report, ok: () => {} };
}
