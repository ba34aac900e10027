import fc from "fast-check";
import { expect, it } from "vitest";
import { parseGoDuration } from "../../../src/compose/go-duration.ts";
import "../../support/arbitraries.ts";

it.each([
  ["0s", 0],
  ["500ms", 500],
  ["1.5s", 1_500],
  ["1m30s", 90_000],
  ["1h0m0s", 3_600_000],
  ["2d", 172_800_000],
  ["1w", 604_800_000],
  ["250µs", 0.25],
  ["250us", 0.25],
  ["100ns", 0.0001],
])("%s is %d ms", (text, ms) => {
  expect(parseGoDuration(text)).toBeCloseTo(ms, 9);
});

it.each(["", "s", "5", "5 s", "-5s", "1m30", "x1s", "1sx", "1.s", "hunter2"])(
  "%j is none",
  (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  },
);

it("is read as Go writes it", () => {
  const parts = fc.record({
    h: fc.integer({ min: 1, max: 99 }),
    m: fc.integer({ min: 0, max: 59 }),
    s: fc.integer({ min: 0, max: 59 }),
  });
  fc.assert(
    fc.property(parts, ({ h, m, s }) => {
      expect(parseGoDuration(`${h}h${m}m${s}s`)).toBe(((h * 60 + m) * 60 + s) * 1_000);
    }),
  );
});
