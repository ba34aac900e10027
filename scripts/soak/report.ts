import { table } from "../../src/text/table.ts";
import { type Measurement, QUANTITIES } from "./quantities.ts";
import { judge, type Quantity, type Verdict, warmUpRounds } from "./verdict.ts";

/** What a soak found. */
export interface SoakReport {
  readonly rounds: number;
  /** Rounds at the beginning that no trend is made of. */
  readonly warmUp: number;
  readonly flat: boolean;
  readonly verdicts: readonly Verdict[];
  readonly measurements: readonly Measurement[];
}

/** Judges what was measured after each round. */
export function reportOf(measurements: readonly Measurement[]): SoakReport {
  const names = Object.keys(QUANTITIES) as (keyof Measurement)[];
  const verdicts = names.map((name) =>
    judge(
      QUANTITIES[name],
      measurements.map((one) => one[name]),
    ),
  );
  return {
    rounds: measurements.length,
    warmUp: warmUpRounds(measurements.length),
    flat: verdicts.every(({ flat }) => flat),
    verdicts,
    measurements,
  };
}

/** The report as a person reads it. */
export function reportText({ rounds, warmUp, verdicts, flat }: SoakReport): string {
  const rows = verdicts.map(
    ({ quantity, first, median, last, slopePerTenRounds, flat: isFlat }) => [
      quantity.name,
      shown(quantity, first),
      shown(quantity, median),
      shown(quantity, last),
      shown(quantity, slopePerTenRounds, 2),
      isFlat ? "flat" : "RISES",
    ],
  );
  const header = ["AFTER EACH ROUND", "FIRST", "MEDIAN", "LAST", "SLOPE PER 10 ROUNDS", "VERDICT"];
  return [
    table(header, rows),
    "",
    `${rounds} rounds, the first ${warmUp} of them to warm up: ${flat ? "nothing grows" : "something grows, see above"}.`,
  ].join("\n");
}

function shown({ unit }: Quantity, value: number, digits = unit === "MB" ? 1 : 0): string {
  return `${value.toFixed(digits)}${unit === "" ? "" : ` ${unit}`}`;
}
