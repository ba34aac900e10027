import type { FaultCase } from "../case.ts";

const COMPLAINT = "the migration does not fit";

export const faultCase: FaultCase = {
  id: "RB12",
  name: "migrate-exit-1",
  levels: ["D"],
  injects: "the migration writes a secret to its log and ends with 1",
  expects: "MigrationFailed with the end of the log but not the secret, and api is not started",
  boundMs: { D: 90_000 },
  prepare: ({ services: { migrate } }) => {
    Object.assign(migrate ?? {}, {
      command: ["sh", "-c", `echo "${COMPLAINT}: $$SECRET_KEY_BASE"; exit 1`],
    });
  },
  run: async (trial) => {
    const up = await trial.up();
    trial.expectFailure(up, {
      kind: "MigrationFailed",
      words: /didn't complete successfully/,
      names: /\bmigrate\b/,
    });
    trial.expect(up.output.includes(COMPLAINT), "the end of the migration's log is not shown");
    const api = (await trial.daemon.containers()).get("api");
    const started = api !== undefined && api.State.Status !== "created";
    trial.expect(!started, `api is ${api?.State.Status} although the migration failed`);
  },
  recover: async (trial) => {
    await trial.world.compose.edit(({ services: { migrate } }) => {
      Object.assign(migrate ?? {}, { command: ["./scripts/migrate.sh"] });
    });
  },
};
