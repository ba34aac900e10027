import { randomInt } from "node:crypto";
import { strayContainers } from "../../testing/world/strays.ts";
import type { FaultCase } from "../case.ts";

/** Usual duration of a first start in milliseconds. */
const START_MS = 20_000;

export const faultCase: FaultCase = {
  id: "RB17",
  name: "kill9-cli-mid-up",
  levels: ["D"],
  injects: "the command that a person typed is killed at any time of a first up",
  expects: "what the documentation tells to type, and then up, brings everything up once",
  chaos: true,
  boundMs: { D: 120_000 },
  run: async (trial) => {
    const afterMs = randomInt(500, START_MS);
    await trial.up({}, { interrupt: { afterMs, signal: "SIGKILL", whom: "process" } });
    await trial.stage(() => trial.typeRecovery());
    const again = await trial.up();
    trial.expect(again.exitCode === 0, `up after the kill at ${afterMs} ms did not succeed`);
    trial.expectSuccess(again);
    for (const stray of await strayContainers(trial.world.project)) {
      trial.unmet.push(`after the kill at ${afterMs} ms ${stray}`);
    }
  },
};
