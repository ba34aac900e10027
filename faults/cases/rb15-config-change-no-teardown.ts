import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";

/** Services that the changed variable does not reach. */
const UNTOUCHED = ["db", "redis", "pdf"];

export const faultCase: FaultCase = {
  id: "RB15",
  name: "config-change-no-teardown",
  levels: ["E", "D"],
  injects: "one setting changes",
  expects:
    "the change arrives in place: never `down`, and what it does not concern goes on running",
  boundMs: { E: 60_000, D: 90_000 },
  run: async (trial) => {
    await trial.start();
    const before = await trial.world.standing();
    trial.expectSuccess(await trial.up({ [HARMLESS_VARIABLE]: "true" }));
    const after = await trial.world.standing();
    if (trial.level === "E") {
      const { docker } = trial.fake;
      trial.expect(docker.calls("down").length === 0, "`down` was called for the change");
    }
    for (const service of UNTOUCHED.filter((name) => name in before)) {
      trial.expect(before[service] === after[service], `${service} was replaced or restarted`);
    }
    trial.expect(before.api !== after.api, "api still runs with the old setting");
  },
};
