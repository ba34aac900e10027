/** End of every case: recovery, and the invariants of all cases. */
import type { FaultCase } from "./case.ts";
import { checkSecrets } from "./invariants/i1-secrets.ts";
import { checkRecovery } from "./invariants/i3-recovery.ts";
import { checkLeaks } from "./invariants/i4-leaks.ts";
import { checkData } from "./invariants/i5-data.ts";
import { checkState } from "./invariants/i8-state.ts";
import { Lost, type Trial } from "./trial.ts";
import { lingeringProcesses } from "./watch/processes.ts";
import { filesBelow } from "./watch/secret-watch.ts";

/** Time for processes to end after the last operation, in milliseconds. */
const GRACE_MS = 2_000;

/** Recovers, takes the deployment down and judges. */
export async function conclude(faultCase: FaultCase, trial: Trial): Promise<void> {
  await trial.heal();
  await recover(faultCase, trial);
  const { world, deployment, violations } = trial;
  violations.push(...checkData(await world.lostData()));
  const state = await deployment.state?.();
  if (state !== undefined) {
    violations.push(...checkState(state));
  }
  await trial.stage(() => trial.down());
  violations.push(
    ...checkData(await world.lostData()),
    ...checkLeaks({
      when: "after down",
      processes: await lingeringProcesses(world.temporaryFolder, GRACE_MS),
      containers: await world.remains(),
      locks: deployment.locks(),
      files: filesBelow(world.temporaryFolder),
    }),
    ...checkSecrets(trial.search, {
      texts: {
        ...Object.fromEntries(
          trial.ended.map(({ operation, output }, index) => [
            `the console of ${operation} (operation ${index + 1})`,
            output,
          ]),
        ),
        ...(state === undefined ? {} : { "the exported state": state.text }),
      },
      folders: [...deployment.stateFolders, world.temporaryFolder],
      watched: trial.watched,
    }),
  );
  trial.judgeErrors();
}

async function recover(faultCase: FaultCase, trial: Trial): Promise<void> {
  try {
    await trial.stage(async () => {
      if (trial.hasKilled) {
        await trial.typeRecovery();
      }
      await faultCase.recover?.(trial);
    });
  } catch (error) {
    if (!(error instanceof Lost)) {
      throw error;
    }
    trial.unmet.push(`recovery: ${error.message}`);
  }
  const first = await trial.recoveryUp();
  const up = first.exitCode === 0 && first.unreached.length === 0;
  if (up) {
    await trial.world.writeData();
  }
  trial.violations.push(...checkRecovery(first, up ? await trial.recoveryUp() : undefined));
}
