import type { FaultCase } from "../case.ts";

const CRASHES = { LAGO_SANDBOX_BOOT_SECONDS: "2", LAGO_SANDBOX_EXIT_CODE: "1" };

export const faultCase: FaultCase = {
  id: "RB11",
  name: "crash-loop-no-healthcheck",
  levels: ["D"],
  injects:
    "front, which has no health check, crashes two seconds after each start, before it answers",
  expects: "CrashLoop with the service and how often it was restarted",
  boundMs: { D: 80_000 },
  prepare: ({ services: { front } }) => {
    if (front !== undefined) {
      front.environment = { ...front.environment, ...CRASHES };
    }
  },
  run: async (trial) => {
    const up = await trial.up();
    trial.expectFailure(up, {
      kind: "CrashLoop",
      words: /crash|restart/i,
      names: /\bfront\b/,
    });
    trial.expect(/\d+ restarts/.test(up.output), "the number of restarts is not told");
  },
  recover: async (trial) => {
    await trial.world.compose.edit(({ services: { front } }) => {
      for (const name of Object.keys(CRASHES)) {
        delete front?.environment?.[name];
      }
    });
  },
};
