import { randomInt } from "node:crypto";
import { strayContainers } from "../../testing/world/strays.ts";
import type { FaultCase } from "../case.ts";

/** Usual duration of a first start in milliseconds. */
const START_MS = 20_000;
/** Maximum time to end after Ctrl-C in milliseconds. */
const ENDING_MS = 30_000;

export const faultCase: FaultCase = {
  id: "RB16",
  name: "ctrl-c-mid-up",
  levels: ["D"],
  injects: "Ctrl-C at any time of a first up",
  expects: "up ends within 30 s, and plain up goes on from there",
  chaos: true,
  boundMs: { D: 120_000 },
  run: async (trial) => {
    const afterMs = randomInt(500, START_MS);
    const up = await trial.up({}, { interrupt: { afterMs, signal: "SIGINT", whom: "group" } });
    const tookMs = up.durationMs - afterMs;
    trial.expect(
      tookMs <= ENDING_MS,
      `up ended ${Math.round(tookMs / 1_000)} s after Ctrl-C at ${afterMs} ms`,
    );
    const again = await trial.up();
    trial.expect(again.exitCode === 0, `up after Ctrl-C at ${afterMs} ms did not succeed`);
    trial.expectSuccess(again);
    for (const stray of await strayContainers(trial.world.project)) {
      trial.unmet.push(`after Ctrl-C at ${afterMs} ms ${stray}`);
    }
  },
};
