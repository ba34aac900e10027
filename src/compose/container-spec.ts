/**
 * One form for a service that compose is about to create and for a container that exists, so that
 * the two can be compared part by part.
 */

/** The parts of a service that a user can change and that make compose recreate its container. */
export interface ContainerSpec {
  /** Image as the compose file names it, such as `getlago/api:v1.50.0`. */
  readonly image: string;
  /** Variables with their values, including secrets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Published ports, such as `127.0.0.1:3000->3000/tcp`, sorted. */
  readonly ports: readonly string[];
  /** Volumes and host folders with their mount points, sorted. */
  readonly mounts: readonly string[];
  /** Memory limit in bytes; 0 for none. */
  readonly memoryBytes: number;
  /** Command as JSON; undefined for the image's own. */
  readonly command?: string | undefined;
  /**
   * Command and timing of the health check, see {@link healthCheckText}; undefined for the image's
   * own.
   */
  readonly healthCheck?: string | undefined;
  /** Restart policy, such as `unless-stopped` or `on-failure:3`; `no` for none. */
  readonly restartPolicy: string;
  /** Log driver and its options, sorted; undefined for the engine's default. */
  readonly logging?: string | undefined;
  /** Value of `RESTART_LABEL`. */
  readonly restartToken?: string | undefined;
}

/** A health check. A part that is not set is 0 or empty. Durations in milliseconds. */
export interface HealthCheck {
  readonly test: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly startPeriodMs: number;
  readonly startIntervalMs: number;
  readonly retries: number;
}

/** Formats a health check on one line. */
export function healthCheckText(check: HealthCheck): string {
  const { test, intervalMs, timeoutMs, startPeriodMs, startIntervalMs, retries } = check;
  return JSON.stringify([test, intervalMs, timeoutMs, startPeriodMs, startIntervalMs, retries]);
}

/** Formats a published port on one line. An empty address means every address of the host. */
export function portText(address: string, hostPort: string, target: string): string {
  const host = address.includes(":") ? `[${address}]` : address || "0.0.0.0";
  return `${host}:${hostPort || "any"}->${target}`;
}

/** Formats a mount on one line. */
export function mountText(source: string, target: string, readOnly: boolean): string {
  return `${source}:${target}${readOnly ? ":ro" : ""}`;
}

/**
 * Formats a restart policy on one line.
 *
 * @param retries most restarts in a row; 0 where there is no limit
 */
export function restartText(policy: string, retries: number): string {
  return `${policy || "no"}${retries > 0 ? `:${retries}` : ""}`;
}

/** Formats a log driver with its options on one line. */
export function loggingText(driver: string, options: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return [driver, ...pairs.sort()].join(" ");
}
