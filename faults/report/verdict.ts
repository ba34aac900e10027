/** Results that differ from the known ones, or say nothing. */
import { KNOWN_LOSSES } from "../known-losses.ts";
import { BENCH_FAILED } from "./level.ts";
import type { CaseResult } from "./result.ts";

/**
 * Lists the cases that fail a run of this project, in words: lost ones that are no known loss.
 *
 * @param known reasons by the case's number. Defaults to {@link KNOWN_LOSSES}
 */
export function unexpectedEnds(
  cases: readonly CaseResult[],
  known: Readonly<Record<string, string>> = KNOWN_LOSSES,
): string[] {
  return cases
    .filter(({ id, outcome }) => outcome === "lost" && known[id] === undefined)
    .map(({ id, name }) => `${id} ${name} was lost`);
}

/**
 * Lists known losses that were survived, in words, so that their lines can be deleted. A loss may
 * show on one level only, or not in each run, so this does not fail a run.
 */
export function staleLosses(
  cases: readonly CaseResult[],
  known: Readonly<Record<string, string>> = KNOWN_LOSSES,
): string[] {
  return cases
    .filter(({ id, outcome }) => outcome === "survived" && known[id] !== undefined)
    .map(({ id, name }) => `${id} ${name} is a known loss and was survived`);
}

/**
 * Lists cases in which the bench itself failed, in words: their results say nothing about the
 * subject.
 */
export function benchFailures(cases: readonly CaseResult[]): string[] {
  return cases
    .filter(({ levels }) =>
      levels.some(({ reasons }) => reasons.some((one) => one.startsWith(BENCH_FAILED))),
    )
    .map(({ id, name }) => `${id} ${name} was not judged: ${BENCH_FAILED}`);
}
