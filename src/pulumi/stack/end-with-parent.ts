/** Interval of checking for the parent, in milliseconds. */
const INTERVAL_MS = 2_000;

/**
 * Ends this process soon after its parent has ended. When `pulumi` is killed, its host for dynamic
 * providers would otherwise wait for calls forever. The timer keeps no finished process alive.
 */
export function endWithParent(intervalMs = INTERVAL_MS): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) {
      process.exit(1);
    }
  }, intervalMs).unref();
}
