/** Runs the chosen cases with a subject. */
import { LEVELS, type Level } from "../testing/world/level.ts";
import type { FaultCase } from "./case.ts";
import { BENCH_FAILED, levelResult, type RunOutcome } from "./report/level.ts";
import { byLevel, type CaseResult, type LevelResult, outcomeOf } from "./report/result.ts";
import { runOnce } from "./run-once.ts";
import type { Subject } from "./subjects/subject.ts";

/** Choice of cases and options of a run. */
export interface Choice {
  readonly cases: readonly FaultCase[];
  /** Levels to run a case on. */
  readonly levelsOf: (one: FaultCase) => readonly Level[];
  readonly subject: Subject;
  /** Number of runs of a case that depends on chance; any other case is run once. */
  readonly repeat: number;
  /** Number of concurrent trials. Each has its own world, on levels with a daemon too. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** Called with each result when it is complete. */
  readonly onResult: (faultCase: FaultCase, result: LevelResult) => void;
}

/** A case on one level, and the results of its runs so far. */
interface Work {
  readonly one: FaultCase;
  readonly level: Level;
  readonly runs: number;
  readonly outcomes: RunOutcome[];
}

/** Runs the cases, several trials at a time. */
export async function runAll(choice: Choice): Promise<CaseResult[]> {
  const { cases, levelsOf, repeat, onResult } = choice;
  const works = LEVELS.flatMap((level) =>
    cases
      .filter((one) => levelsOf(one).includes(level))
      .map((one): Work => ({ one, level, runs: one.chaos ? repeat : 1, outcomes: [] })),
  );
  const results = new Map<FaultCase, LevelResult[]>();
  const queue = works.flatMap((work) => Array.from({ length: work.runs }, () => work));
  await inParallel(choice.jobs, async () => {
    for (let work = queue.shift(); work !== undefined; work = queue.shift()) {
      const { one, level, runs, outcomes } = work;
      outcomes.push(await outcomeOfRun(work, choice));
      if (outcomes.length === runs) {
        const result = levelResult(level, outcomes);
        results.set(one, [...(results.get(one) ?? []), result]);
        onResult(one, result);
      }
    }
  });
  return cases.flatMap((one) => {
    const found = results.get(one);
    const { id, name, injects, expects } = one;
    return found === undefined
      ? []
      : [{ id, name, injects, expects, outcome: outcomeOf(found), levels: byLevel(found) }];
  });
}

async function outcomeOfRun(work: Work, choice: Choice): Promise<RunOutcome> {
  const startedAt = performance.now();
  const outcome = await outcomeOrFailure(work, choice);
  return { ...outcome, durationMs: performance.now() - startedAt };
}

/**
 * Turns an error of the bench itself into a result, so that it does not cost the results of hours.
 */
async function outcomeOrFailure({ one, level }: Work, { subject, signal }: Choice) {
  try {
    return await runOnce(one, level, subject, signal);
  } catch (error) {
    signal.throwIfAborted();
    const reasons = [`${BENCH_FAILED}: ${error instanceof Error ? error.stack : String(error)}`];
    return { reasons, violated: [], worstMs: 0 };
  }
}

/** Waits for all workers, also when one fails: each still has a world to remove. */
async function inParallel(count: number, worker: () => Promise<void>): Promise<void> {
  const ends = await Promise.allSettled(Array.from({ length: count }, worker));
  for (const end of ends) {
    if (end.status === "rejected") {
      throw end.reason;
    }
  }
}
