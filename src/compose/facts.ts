/**
 * What a service is made of, in one form for what compose is about to make and for what a container
 * was made of, so that the two can be compared part by part.
 */

/** The parts of a service that a person can change and that compose recreates a container for. */
export interface ServiceFacts {
  /** As the compose file names it, such as `getlago/api:v1.50.0`. */
  readonly image: string;
  /** Variables with their values, secrets among them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Published ports, such as `127.0.0.1:3000->3000/tcp`, sorted. */
  readonly ports: readonly string[];
  /** Volumes and folders of the host with the place they are mounted at, sorted. */
  readonly mounts: readonly string[];
  /** 0 where there is no limit. */
  readonly memoryBytes: number;
  /** As JSON; undefined where the image's own counts. */
  readonly command?: string | undefined;
  /** What it does and how often, see {@link healthCheckText}; undefined where the image's own counts. */
  readonly healthCheck?: string | undefined;
  /** Such as `unless-stopped` or `on-failure:3`; `no` where there is none. */
  readonly restartPolicy: string;
  /** Log driver and its options, sorted; undefined where the engine's own counts. */
  readonly logging?: string | undefined;
  /** See `RESTART_LABEL`. */
  readonly restartToken?: string | undefined;
}

/** A health check; what is not set is 0 or empty. Durations in milliseconds. */
export interface HealthCheck {
  readonly test: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly startPeriodMs: number;
  readonly startIntervalMs: number;
  readonly retries: number;
}

/** A health check on one line. */
export function healthCheckText(check: HealthCheck): string {
  const { test, intervalMs, timeoutMs, startPeriodMs, startIntervalMs, retries } = check;
  return JSON.stringify([test, intervalMs, timeoutMs, startPeriodMs, startIntervalMs, retries]);
}

/** A published port on one line. An empty address is every address of the host. */
export function portText(address: string, hostPort: string, target: string): string {
  const host = address.includes(":") ? `[${address}]` : address || "0.0.0.0";
  return `${host}:${hostPort || "any"}->${target}`;
}

/** A mount on one line. */
export function mountText(source: string, target: string, readOnly: boolean): string {
  return `${source}:${target}${readOnly ? ":ro" : ""}`;
}

/**
 * A restart policy on one line.
 *
 * @param retries most restarts in a row; 0 where there is no limit
 */
export function restartText(policy: string, retries: number): string {
  return `${policy || "no"}${retries > 0 ? `:${retries}` : ""}`;
}

/** A log driver with its options on one line. */
export function loggingText(driver: string, options: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return [driver, ...pairs.sort()].join(" ");
}
