import { type Violation, violations } from "./violation.ts";

/** Invariant: no written data is lost. */
export function checkData(lost: readonly string[]): Violation[] {
  return violations(
    "I5",
    lost.map((what) => `lost: ${what}`),
  );
}
