import { type Violation, violations } from "./violation.ts";

/** Nothing that was written is lost. */
export function checkData(lost: readonly string[]): Violation[] {
  return violations(
    "I5",
    lost.map((what) => `lost: ${what}`),
  );
}
