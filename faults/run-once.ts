/** One run of a case, in its own world. */

import type { ComposeDocument } from "../testing/world/compose-file.ts";
import { createDaemonWorld } from "../testing/world/daemon-world.ts";
import { createFakeWorld } from "../testing/world/fake-world.ts";
import type { Level } from "../testing/world/level.ts";
import type { FaultCase } from "./case.ts";
import { conclude } from "./conclude.ts";
import type { RunOutcome } from "./report/level.ts";
import type { Subject } from "./subjects/subject.ts";
import { Lost, NotApplicable, Trial } from "./trial.ts";
import { endProcesses } from "./watch/processes.ts";

/** Runs a case with a subject, and returns the outcome. */
export async function runOnce(
  faultCase: FaultCase,
  level: Level,
  subject: Subject,
  signal: AbortSignal,
): Promise<Omit<RunOutcome, "durationMs">> {
  signal.throwIfAborted();
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
