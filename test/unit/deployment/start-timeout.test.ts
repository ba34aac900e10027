/** Another start timeout is no reason to recreate a service. */
import { expect, it } from "vitest";
import { startPeriodSeconds } from "../../../src/deployment/start-timeout.ts";

it.each([
  [undefined, 300],
  [1, 300],
  [40, 300],
  [300, 300],
  [301, 600],
  [600, 600],
  [900, 1_200],
  [86_400, 153_600],
])("covers a start of %s seconds with %d", (startTimeoutSeconds, period) => {
  expect(startPeriodSeconds({ startTimeoutSeconds })).toBe(period);
});
