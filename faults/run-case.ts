/** Runs a case as often as it is to be run, and tells what came of it. */
import type { FaultCase, Level } from "./case.ts";
import { conclude } from "./conclude.ts";
import type { LevelResult } from "./report/result.ts";
import type { Subject } from "./subjects/subject.ts";
import { Lost, NotApplicable, Trial } from "./trial.ts";
import { endProcesses } from "./watch/processes.ts";
import type { ComposeDocument } from "./world/compose-file.ts";
import { createDaemonWorld } from "./world/daemon-world.ts";
import { createFakeWorld } from "./world/fake-world.ts";

/** Most reasons of one level that a result keeps; one run may give many of a kind. */
const MAX_REASONS = 12;

/** What one run gave. */
interface RunOutcome {
  readonly notApplicable?: string;
  readonly reasons: readonly string[];
  readonly violated: readonly string[];
  readonly worstMs: number;
}

/** Runs a case on one level; it survives when all runs do. */
export async function runCase(
  faultCase: FaultCase,
  level: Level,
  subject: Subject,
  runs: number,
  signal: AbortSignal,
): Promise<LevelResult> {
  const startedAt = performance.now();
  const outcomes: RunOutcome[] = [];
  while (outcomes.length < runs) {
    signal.throwIfAborted();
    outcomes.push(await runOnce(faultCase, level, subject, signal));
    if (outcomes.at(-1)?.notApplicable !== undefined) {
      break;
    }
  }
  const notApplicable = outcomes.find((one) => one.notApplicable !== undefined)?.notApplicable;
  const reasons = [...new Set(outcomes.flatMap((one) => one.reasons))];
  const lost = outcomes.filter((one) => one.reasons.length > 0).length;
  return {
    level,
    outcome: notApplicable !== undefined ? "not applicable" : lost > 0 ? "lost" : "survived",
    reasons: notApplicable === undefined ? reasons.slice(0, MAX_REASONS) : [notApplicable],
    violated: [...new Set(outcomes.flatMap((one) => one.violated))].sort(),
    runs: outcomes.length,
    lostRuns: lost,
    worstMs: Math.round(Math.max(...outcomes.map(({ worstMs }) => worstMs))),
    durationMs: Math.round(performance.now() - startedAt),
  };
}

async function runOnce(
  faultCase: FaultCase,
  level: Level,
  subject: Subject,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const prepare = (document: ComposeDocument) => faultCase.prepare?.(document, level);
  const world = await (level === "D"
    ? createDaemonWorld(prepare)
    : createFakeWorld(level, prepare, faultCase.awkwardPath));
  try {
    const deployment = await subject.open(world, level);
    const trial = new Trial(faultCase, world, subject, deployment, signal);
    try {
      await faultCase.run(trial).catch((error: unknown) => {
        if (!(error instanceof Lost)) {
          throw error;
        }
        trial.unmet.push(error.message);
      });
      await conclude(faultCase, trial);
      const { violations, unmet, worstMs } = trial;
      return {
        reasons: [...unmet, ...violations.map((one) => `${one.invariant}: ${one.reason}`)],
        violated: violations.map(({ invariant }) => invariant),
        worstMs,
      };
    } catch (error) {
      if (error instanceof NotApplicable) {
        return { notApplicable: error.message, reasons: [], violated: [], worstMs: 0 };
      }
      throw error;
    } finally {
      await trial.heal();
      await deployment.dispose();
    }
  } finally {
    await endProcesses(world.temporaryFolder);
    await world.dispose();
  }
}
