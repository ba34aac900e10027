import { type DeploymentSettings, SETTINGS } from "../spec/settings.ts";

type StartSettings = Pick<DeploymentSettings, "startTimeoutSeconds">;

const DEFAULT_SECONDS = SETTINGS.startTimeoutSeconds.default;

/** Time until every service of a start must be ready, in seconds. */
export function startSeconds({ startTimeoutSeconds = DEFAULT_SECONDS }: StartSettings): number {
  return startTimeoutSeconds;
}

/**
 * Time for which a starting service may fail its health check without being unhealthy, in seconds:
 * the start timeout, or longer. Compose recreates a service when this time changes. So only few
 * values are possible, 300, 600, 1200 and so on, and another start timeout seldom changes a
 * service.
 */
export function startPeriodSeconds(settings: StartSettings): number {
  const doublings = Math.max(0, Math.ceil(Math.log2(startSeconds(settings) / DEFAULT_SECONDS)));
  return DEFAULT_SECONDS * 2 ** doublings;
}
