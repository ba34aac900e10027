import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";
import type { Trial } from "../trial.ts";
import { endProcesses } from "../watch/processes.ts";
import { filesBelow } from "../watch/secret-watch.ts";

/** Message about a run that was cut short. */
const TOLD = /earlier .*ended without finishing/i;

/** Lock file of a run before a reboot; its process id now belongs to an unrelated process. */
const BEFORE_REBOOT = {
  pid: process.pid,
  host: "before-the-reboot",
  operation: "up",
  startedAt: "2026-01-02T03:04:05.678Z",
};

export const faultCase: FaultCase = {
  id: "RB20",
  name: "stale-lock",
  levels: ["F"],
  injects: "all that runs dies during an up, its lock stays behind; then one from before a reboot",
  expects: "plain up takes the lock over, says whose it was, and leaves none held",
  boundMs: { F: 15_000 },
  run: async (trial) => {
    if (!trial.subject.takesLock) {
      trial.notApplicable("it takes no lock");
    }
    await trial.start();
    await dieDuringUp(trial);
    await expectTakenOver(trial, "false");
    if (trial.subject.ours) {
      const [file = ""] = filesBelow(trial.world.lockFolder);
      writeFileSync(file, `${JSON.stringify(BEFORE_REBOOT)}\n`);
      await expectTakenOver(trial, "true");
    }
  },
};

/** Kills all processes of an `up` at once, while docker is working for it. */
async function dieDuringUp(trial: Trial): Promise<void> {
  const { docker, modeled } = trial.fake;
  docker.answer({ up: { hang: true } });
  const before = docker.calls("up").length;
  let ended = false;
  const up = trial.up({ [HARMLESS_VARIABLE]: "true" }, { onStart: () => {} }).finally(() => {
    ended = true;
  });
  while (!ended && docker.calls("up").length === before) {
    await delay(20);
  }
  await endProcesses(trial.world.temporaryFolder);
  await up;
  docker.answer({ up: modeled });
}

async function expectTakenOver(trial: Trial, value: string): Promise<void> {
  trial.expect(trial.deployment.locks().length > 0, "no lock was left behind");
  const up = await trial.up({ [HARMLESS_VARIABLE]: value });
  trial.expectSuccess(up);
  trial.expect(TOLD.test(up.output), "up does not say whose lock it took over");
  const left = trial.deployment.locks();
  trial.expect(left.length === 0, `up leaves ${left.join(", ")}`);
}
