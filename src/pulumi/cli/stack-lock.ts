/** Pulumi's own lock of a stack, as its errors tell of it. */

/** A lock that another run of Pulumi holds, or left behind. */
export interface PulumiLock {
  /** Who has it, in Pulumi's words, such as `root@ci-7 (pid 4711) at 2026-01-02T03:04:05Z`. */
  readonly holder: string;
  /** Undefined where the backend does not tell, as Pulumi Cloud. */
  readonly process?: {
    readonly host: string;
    readonly pid: number;
    /** When it was taken, in milliseconds since 1970. */
    readonly takenAtMs: number;
  };
}

/** A backend of files or of a bucket lists each lock that way. */
const LISTED = /: created by (\S*@(\S+) \(pid (\d+)\) at (\S+))\s*$/gm;

/**
 * The locks that a command of Pulumi was refused for, by what it printed on standard error; none
 * where it failed for another reason.
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
