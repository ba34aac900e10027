import { type DeploymentSettings, SETTINGS } from "../spec/settings.ts";

type StartSettings = Pick<DeploymentSettings, "startTimeoutSeconds">;

const DEFAULT_SECONDS = SETTINGS.startTimeoutSeconds.default;

/** How long a start may take until every service is ready, in seconds. */
export function startSeconds({ startTimeoutSeconds = DEFAULT_SECONDS }: StartSettings): number {
  return startTimeoutSeconds;
}

/**
 * How long a starting service may fail its health check without being called unhealthy, in seconds:
 * as long as a start may take, or longer. It is a part of what compose recreates a service for, so
 * that it takes few values: 300, 600, 1200 and so on. Another start timeout then seldom touches
 * anything.
 */
export function startPeriodSeconds(settings: StartSettings): number {
  const doublings = Math.max(0, Math.ceil(Math.log2(startSeconds(settings) / DEFAULT_SECONDS)));
  return DEFAULT_SECONDS * 2 ** doublings;
}
