/** Which results are other than is known, or say nothing. */
import { KNOWN_LOSSES } from "../known-losses.ts";
import { BENCH_FAILED } from "./level.ts";
import type { CaseResult } from "./result.ts";

/**
 * The cases that fail a run of our own, in words: each one that was lost and is no known loss.
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
 * Known losses that were survived after all, in words, for whoever can delete their lines. A loss may
 * show on one level only, or not in each run, so that this fails nothing.
 */
export function staleLosses(
  cases: readonly CaseResult[],
  known: Readonly<Record<string, string>> = KNOWN_LOSSES,
): string[] {
  return cases
    .filter(({ id, outcome }) => outcome === "survived" && known[id] !== undefined)
    .map(({ id, name }) => `${id} ${name} is a known loss and was survived`);
}

/** Cases in which the bench itself failed, in words: their results say nothing of the subject. */
export function benchFailures(cases: readonly CaseResult[]): string[] {
  return cases
    .filter(({ levels }) =>
      levels.some(({ reasons }) => reasons.some((one) => one.startsWith(BENCH_FAILED))),
    )
    .map(({ id, name }) => `${id} ${name} was not judged: ${BENCH_FAILED}`);
}
