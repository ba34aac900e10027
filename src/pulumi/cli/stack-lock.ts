/** Pulumi's own lock of a stack, read from its errors. */

/** Lock that another run of Pulumi holds, or left behind. */
export interface PulumiLock {
  /** Holder in Pulumi's words, such as `root@ci-7 (pid 4711) at 2026-01-02T03:04:05Z`. */
  readonly holder: string;
  /** Absent where the backend names no process, as on Pulumi Cloud. */
  readonly process?: {
    readonly host: string;
    readonly pid: number;
    /** Time of the lock, in milliseconds since 1970. */
    readonly takenAtMs: number;
  };
}

/** Line for each lock, as a backend of files or of a bucket prints it. */
const LISTED = /: created by (\S*@(\S+) \(pid (\d+)\) at (\S+))\s*$/gm;

/**
 * Parses the locks for which Pulumi refused a command. Empty for a command that failed for another
 * reason.
 */
export function locksIn(stderr: string): PulumiLock[] {
  if (/the stack is currently locked by \d+ lock/.test(stderr)) {
    const listed = [...stderr.matchAll(LISTED)].map(([, holder = "", host = "", pid, at = ""]) => ({
      holder,
      process: { host, pid: Number(pid), takenAtMs: Date.parse(at) },
    }));
    return listed.length > 0 ? listed : [{ holder: "another run" }];
  }
  return /Another update is currently in progress/i.test(stderr)
    ? [{ holder: "another run, of which this backend does not say where it is" }]
    : [];
}
