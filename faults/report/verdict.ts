/** Which of our own results are other than is known. */
import type { Level } from "../case.ts";
import { KNOWN_LOSSES } from "../known-losses.ts";
import type { CaseResult } from "./result.ts";

/**
 * What fails a run of our own, in words: a case that was lost and is no known loss, and a known loss
 * that was survived after all.
 *
 * @param levels those that were run: a known loss may show on another one only
 */
export function unexpectedEnds(
  cases: readonly CaseResult[],
  levels: readonly Level[],
  known: Readonly<Record<string, string>> = KNOWN_LOSSES,
): string[] {
  return cases.flatMap(({ id, name, outcome }) => {
    const reason = known[id];
    if (outcome === "lost" && reason === undefined) {
      return [`${id} ${name} was lost`];
    }
    if (outcome === "survived" && reason !== undefined && levels.length === 3) {
      return [`${id} ${name} was survived: delete its line in faults/known-losses.ts`];
    }
    return [];
  });
}
