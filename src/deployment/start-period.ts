import { DEFAULT_START_TIMEOUT_SECONDS } from "./options.ts";

/**
 * How long a starting service may fail its health check without being called unhealthy, in seconds:
 * as long as a start may take, or longer. It is a part of what compose recreates a service for, so
 * that it takes few values: 300, 600, 1200 and so on. Another start timeout then seldom touches
 * anything.
 *
 * @param startTimeoutSeconds greater than 0. Defaults to 300
 */
export function startPeriodSeconds(startTimeoutSeconds = DEFAULT_START_TIMEOUT_SECONDS): number {
  const doublings = Math.max(
    0,
    Math.ceil(Math.log2(startTimeoutSeconds / DEFAULT_START_TIMEOUT_SECONDS)),
  );
  return DEFAULT_START_TIMEOUT_SECONDS * 2 ** doublings;
}
