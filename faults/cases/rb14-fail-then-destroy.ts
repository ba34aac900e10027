import type { FaultCase } from "../case.ts";

export const faultCase: FaultCase = {
  id: "RB14",
  name: "fail-then-destroy",
  levels: ["E", "D"],
  injects: "the first up fails half-way, with containers there, and the deployment is destroyed",
  expects: "destroy removes all containers and networks, and keeps the volumes",
  boundMs: { E: 60_000, D: 90_000 },
  prepare: ({ services: { migrate } }, level) => {
    if (level === "D" && migrate !== undefined) {
      migrate.environment = { ...migrate.environment, LAGO_SANDBOX_EXIT_CODE: "7" };
    }
  },
  run: async (trial) => {
    const { world } = trial;
    if (trial.level === "E") {
      trial.fake.misbehave({ migrate: { exitCode: 7 } });
    }
    const up = await trial.up();
    trial.expectFailure(up, {
      kind: "MigrationFailed",
      words: /didn't complete successfully/,
      names: /\bmigrate\b/,
    });
    trial.expect((await world.remains()).length > 0, "the first up left nothing to remove");
    trial.expectSuccess(await trial.down());
    trial.expect((await world.remains()).length === 0, "down left something");
    if (trial.level === "D") {
      trial.expect((await trial.daemon.volumes()).length > 0, "the volumes are gone");
      await world.compose.edit(({ services: { migrate } }) => {
        delete migrate?.environment?.LAGO_SANDBOX_EXIT_CODE;
      });
    }
  },
};
