/** The time of an operation is told step by step, and adds up. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Timings } from "../../../src/deployment/timings.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

it("counts what passed since the step before, and steps of one name together", () => {
  const timings = new Timings();
  for (const [step, ms] of [
    ["checks", 310],
    ["start", 3_100],
    ["checks", 90],
  ] as const) {
    vi.advanceTimersByTime(ms);
    timings.mark(step);
  }
  vi.advanceTimersByTime(500);
  expect(timings.steps).toEqual({ checks: 400, start: 3_100 });
  expect(timings.text()).toBe("timings: checks 0.40 s, start 3.10 s, 4.00 s in all");
});

it("counts from the beginning that it is given", () => {
  vi.advanceTimersByTime(250);
  const timings = new Timings(0);
  timings.mark("program");
  expect(timings.steps).toEqual({ program: 250 });
});
