/** What is measured of many stacks: each start, and having nothing to do beside so many others. */
import { median } from "../statistics.ts";
import type { SuiteWork } from "../suite.ts";

/** How many stacks there are in the end. */
export const STACKS = 20;

/** With so many stacks up, the newest of them is told to start once more. */
export const NOTHING_AT: readonly number[] = [1, 5, STACKS];

/** So many neighbours stand for one stack: the middle of them, which a single slow start does not move. */
const NEIGHBOURS = 3;

export const startId = (stack: number) => `start-${stack}`;
export const nothingId = (stack: number) => `nothing-${stack}`;

const ALL = Array.from({ length: STACKS }, (_, index) => index + 1);
const HALF = STACKS / 2;

/** All of it. */
export const STACKS_WORK: readonly SuiteWork[] = [
  ...ALL.map((stack) => timed(startId(stack), `start of stack ${stack}`)),
  ...NOTHING_AT.map((stack) => timed(nothingId(stack), `nothing to do, ${stack} up`)),
  timed("first", `start of one of the first ${NEIGHBOURS}`),
  timed("last", `start of one of the last ${NEIGHBOURS}`),
  timed("first-half", `starts of 1 to ${HALF} together`),
  timed("second-half", `starts of ${HALF + 1} to ${STACKS} together`),
];

function timed(id: string, title: string): SuiteWork {
  return { id, title, unit: "ms" };
}

/** How many stacks the chosen work needs: all of them where what follows from all is chosen. */
export function stacksFor(work: readonly string[]): number {
  const numbers = work.map((id) => Number(/^(?:start|nothing)-(\d+)$/.exec(id)?.[1] ?? STACKS));
  return Math.max(0, ...numbers);
}

/** What follows from the starts of all stacks, by the work's id; nothing from fewer. */
export function sums(startsMs: readonly number[]): Record<string, number> {
  if (startsMs.length < STACKS) {
    return {};
  }
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return {
    first: median(startsMs.slice(0, NEIGHBOURS)),
    last: median(startsMs.slice(-NEIGHBOURS)),
    "first-half": sum(startsMs.slice(0, HALF)),
    "second-half": sum(startsMs.slice(HALF)),
  };
}
