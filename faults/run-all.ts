/** Runs the chosen cases with a subject. */
import { type FaultCase, LEVELS, type Level } from "./case.ts";
import { type CaseResult, type LevelResult, outcomeOf } from "./report/result.ts";
import { runCase } from "./run-case.ts";
import type { Subject } from "./subjects/subject.ts";

/** What is to be run. */
export interface Choice {
  readonly cases: readonly FaultCase[];
  readonly levels: readonly Level[];
  readonly subject: Subject;
  /** Runs of a case in which chance has a part; of any other, one. */
  readonly repeat: number;
  /** How many trials without a daemon go on at a time. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** Called with each result as it comes. */
  readonly onResult: (faultCase: FaultCase, result: LevelResult) => void;
}

/** Runs them: those without a daemon side by side, the others, which share its host, in turn. */
export async function runAll(choice: Choice): Promise<CaseResult[]> {
  const { cases, subject, repeat, signal, onResult } = choice;
  const work = LEVELS.filter((level) => choice.levels.includes(level)).flatMap((level) =>
    cases.filter(({ levels }) => levels.includes(level)).map((one) => ({ one, level })),
  );
  const results = new Map<FaultCase, LevelResult[]>();
  const runNext = async (queue: typeof work): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { one, level } = next;
      const result = await runCase(one, level, subject, one.chaos ? repeat : 1, signal);
      results.set(one, [...(results.get(one) ?? []), result]);
      onResult(one, result);
    }
  };
  const fast = work.filter(({ level }) => level !== "D");
  await inParallel(choice.jobs, () => runNext(fast));
  await runNext(work.filter(({ level }) => level === "D"));
  return cases.flatMap((one) => {
    const levels = results.get(one)?.sort((a, b) => order(a.level) - order(b.level));
    const { id, name, injects, expects } = one;
    return levels === undefined
      ? []
      : [{ id, name, injects, expects, outcome: outcomeOf(levels), levels }];
  });
}

/** Waits for all workers also when one fails: each still has a world to remove. */
async function inParallel(count: number, worker: () => Promise<void>): Promise<void> {
  const ends = await Promise.allSettled(Array.from({ length: count }, worker));
  for (const end of ends) {
    if (end.status === "rejected") {
      throw end.reason;
    }
  }
}

const order = (level: Level) => LEVELS.indexOf(level);
