/** Measurements of many stacks: each start, and a no-op beside the others. */
import { median } from "../statistics.ts";
import type { SuiteWork } from "../suite.ts";

/** Total number of stacks. */
export const STACKS = 20;

/** Numbers of running stacks at which the newest stack is started once more. */
export const NOTHING_AT: readonly number[] = [1, 5, STACKS];

/**
 * Number of neighboring starts whose median represents one stack, so that an outlier does not
 * matter.
 */
const NEIGHBORS = 3;

export const startId = (stack: number) => `start-${stack}`;
export const nothingId = (stack: number) => `nothing-${stack}`;

const ALL = Array.from({ length: STACKS }, (_, index) => index + 1);
const HALF = STACKS / 2;

/** All measurements. */
export const STACKS_WORK: readonly SuiteWork[] = [
  ...ALL.map((stack) => timed(startId(stack), `start of stack ${stack}`)),
  ...NOTHING_AT.map((stack) => timed(nothingId(stack), `nothing to do, ${stack} up`)),
  timed("first", `start of one of the first ${NEIGHBORS}`),
  timed("last", `start of one of the last ${NEIGHBORS}`),
  timed("first-half", `starts of 1 to ${HALF} together`),
  timed("second-half", `starts of ${HALF + 1} to ${STACKS} together`),
];

function timed(id: string, title: string): SuiteWork {
  return { id, title, unit: "ms" };
}

/** Number of stacks that the chosen work needs: all of them for work derived from all. */
export function stacksFor(work: readonly string[]): number {
  const numbers = work.map((id) => Number(/^(?:start|nothing)-(\d+)$/.exec(id)?.[1] ?? STACKS));
  return Math.max(0, ...numbers);
}

/** Figures derived from the starts of all stacks, by the work's id; none from fewer. */
export function sums(startsMs: readonly number[]): Record<string, number> {
  if (startsMs.length < STACKS) {
    return {};
  }
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return {
    first: median(startsMs.slice(0, NEIGHBORS)),
    last: median(startsMs.slice(-NEIGHBORS)),
    "first-half": sum(startsMs.slice(0, HALF)),
    "second-half": sum(startsMs.slice(HALF)),
  };
}
