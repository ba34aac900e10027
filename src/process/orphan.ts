/** How often the parent is looked for, in milliseconds. */
const INTERVAL_MS = 2_000;

/**
 * Ends this process soon after its parent is gone, as a killed `pulumi` is: its host for dynamic
 * providers goes on waiting for calls for ever. Keeps no process alive that is done.
 */
export function endWithParent(intervalMs = INTERVAL_MS): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) {
      process.exit(1);
    }
  }, intervalMs).unref();
}
